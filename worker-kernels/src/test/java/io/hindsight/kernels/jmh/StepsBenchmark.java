package io.hindsight.kernels.jmh;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.serving.PredictorState;
import io.hindsight.kernels.serving.StepPredictor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one step of one sequence, beside that of only reading as many numbers as there are
 * weights, which no step can be faster than.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StepsBenchmark {
  private static final int STEPS = 100;
  private static final OutputSpec OUTPUT =
      new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP);

  /** The cell of the layer. */
  @Param({"lstm", "gru"})
  public String cell;

  /** Inputs and hidden units. */
  @Param({"64x128", "128x128"})
  public String shape;

  private StepPredictor predictor;
  private PredictorState state;
  private Predictor whole;
  private Sequence sequence;
  private double[] features; // (I)
  private double[] weights; // (P)
  private double[] answer; // (1)

  /** Draws weights and inputs. */
  @Setup
  public void draw() {
    int[] s = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    NetworkSpec network =
        NetworkSpec.plain(
            InputSpec.dense(s[0]), Cell.named(cell, () -> Activation.TANH), List.of(s[1]), OUTPUT);
    Parameters parameters =
        Initializer.initialize(new ParameterLayout(network), InitialKind.UNIFORM, Double.NaN, 1);
    weights = parameters.values();
    predictor = new StepPredictor(parameters);
    state = predictor.newState();
    whole = new Predictor(parameters);
    features = Numbers.within(1, s[0]);
    sequence = Sequence.ofFeatures("whole", Numbers.within(1, STEPS * s[0]), STEPS);
    answer = new double[predictor.outputs()];
  }

  /** A step with the state in hand. */
  @Benchmark
  public double[] step() {
    predictor.step(features, state, answer);
    return answer;
  }

  /** A step of a sequence that is there as a whole. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double[] stepOfWhole() {
    return whole.predict(sequence);
  }

  /** Reads the weights, and does next to nothing with them. */
  @Benchmark
  public int read() {
    return OpsProvider.get().arrays().firstNonFinite(weights);
  }
}

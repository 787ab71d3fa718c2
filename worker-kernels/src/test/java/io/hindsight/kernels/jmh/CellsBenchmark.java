package io.hindsight.kernels.jmh;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.Noise;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one window of one layer, with the packing of its weights left out. The command {@code
 * bench} measures the same in CPU time, beside the core's peak.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CellsBenchmark {
  private static final OutputSpec OUTPUT =
      new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP);

  private static final Noise NOISE = new CounterNoise(1, 1, 0);

  /** The cell of the layer. */
  @Param({"rnn", "lstm", "gru"})
  public String cell;

  /** Inputs, hidden units, batch and steps; not with commas, at which JMH would split them. */
  @Param({"32x32x64x50", "64x128x32x100"})
  public String shape;

  /** What the layer has beside its cell; others than the first with {@code -p layer=…}. */
  @Param({"PLAIN"})
  public LayerKind layer;

  private Bptt bptt;
  private PackedWeights weights;
  private SequenceBatch batch;
  private GradientSum[] sums; // (NB), all the same

  /** Draws weights and sequences. */
  @Setup
  public void draw() {
    int[] s = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    NetworkSpec network =
        new NetworkSpec(
            InputSpec.dense(s[0]),
            layer.layers(Cell.named(cell, () -> Activation.TANH), s[1]),
            OUTPUT);
    ParameterLayout layout = new ParameterLayout(network);
    weights = PackedWeights.of(Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, 1));
    batch =
        SequenceBatch.of(
            IntStream.range(0, s[2])
                .mapToObj(i -> sequence("sequence " + i, s[3], s[0]))
                .toArray(Sequence[]::new));
    sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, new GradientSum(layout.size()));
    bptt = new Bptt(network);
  }

  private static Sequence sequence(String id, int steps, int inputs) {
    return Sequence.ofFeatures(id, Numbers.within(1, steps * inputs), steps)
        .withTargets(new double[steps]);
  }

  /** The forward pass alone. */
  @Benchmark
  public double forward() {
    bptt.forward(weights, batch, null);
    return bptt.loss(0);
  }

  /** Forward and backward, as a training step does. */
  @Benchmark
  public GradientSum forwardAndBackward() {
    sums[0].clear();
    bptt.forward(weights, batch, null, NOISE);
    bptt.backward(weights, Backpropagation.FULL, sums);
    return sums[0];
  }
}

package io.hindsight.driver.jmh;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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

/** Time of one update of all parameters, beside a plain copy of the bytes that it must move. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OptimizersBenchmark {
  /** A small step, so that the weights stay where they are. */
  private static final double RATE = 1e-9;

  /**
   * What clipped Adam must move per parameter, in doubles: it reads g for the norm, then w, m, v
   * and g, and writes w, m and v. A copy of n doubles moves 2n.
   */
  private static final int COPIED = 4;

  /** P. */
  @Param({"10000", "1000000"})
  public int parameters;

  private final GradientClipper clipper = new GradientClipper.ByNorm(1);
  private Optimizer adam;
  private Optimizer sgd;
  private double[] weights; // (P)
  private double[] gradient; // (P)
  private double[] source; // (4P)
  private double[] target; // (4P)

  /** Draws weights and a gradient. */
  @Setup
  public void draw() {
    adam = Optimizer.create(new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false), parameters);
    sgd = Optimizer.create(new OptimizerSpec.Sgd(0.9, 0, false, 0), parameters);
    CounterRandom random = CounterRandom.of(1, Purpose.GENERATED_DATA, parameters);
    weights = new double[parameters];
    gradient = new double[parameters];
    for (int i = 0; i < parameters; i++) {
      weights[i] = random.nextDouble(-1, 1);
      gradient[i] = random.nextDouble(-1, 1);
    }
    source = new double[COPIED * parameters];
    Arrays.fill(source, 1); // pages never written to are one page of zeros, which is fast to read
    target = new double[COPIED * parameters];
  }

  /** Adam without clipping. */
  @Benchmark
  public double[] adam() {
    adam.update(weights, gradient, 1.0, RATE);
    return weights;
  }

  /** Adam with clipping by norm, whose factor it applies. */
  @Benchmark
  public double[] adamWithClipping() {
    double factor = clipper.clip(gradient).factor();
    adam.update(weights, gradient, factor, RATE);
    return weights;
  }

  /** Gradient descent with momentum. */
  @Benchmark
  public double[] sgdWithMomentum() {
    sgd.update(weights, gradient, 1.0, RATE);
    return weights;
  }

  /** What {@link #adamWithClipping} is held against. */
  @Benchmark
  public double[] copyOfTheBytesAdamMoves() {
    System.arraycopy(source, 0, target, 0, target.length);
    return target;
  }
}

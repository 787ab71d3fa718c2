package io.hindsight.kernels.jmh;

import io.hindsight.kernels.math.VectorOps;
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

/** Time per element of the activations, on one lane block of 256 units. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ActivationsBenchmark {
  private static final int COUNT = 256 * 8;

  /** The operations that are called. */
  @Param public Implementation implementation;

  private VectorOps ops;
  private double[] z; // (256, 8)
  private double[] y; // (256, 8)

  /** Draws pre-activations of a usual size. */
  @Setup
  public void draw() {
    ops = implementation.ops();
    z = Numbers.within(4, COUNT);
    y = new double[COUNT];
  }

  /** σ works in place, so its input is copied first. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public double[] sigmoid() {
    System.arraycopy(z, 0, y, 0, COUNT);
    ops.gates().sigmoid(COUNT, y, 0);
    return y;
  }

  /** tanh from one array into another. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public double[] tanh() {
    ops.gates().tanh(COUNT, z, 0, y, 0);
    return y;
  }
}

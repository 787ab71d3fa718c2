package io.hindsight.kernels.jmh;

import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.math.VectorOps;
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

/**
 * Time of the products of one lane block; {@code 16·m·k / time} is their speed in floating-point
 * operations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductsBenchmark {
  private static final int LANES = 8;

  /** The operations that are called. */
  @Param public Implementation implementation;

  /** Rows and columns of the weights: those of an LSTM, G·H and I + H, and an odd size. */
  @Param({"1024x384", "128x64", "33x31"})
  public String size;

  private VectorOps ops;
  private int m;
  private int k;
  private double[] a; // packed (m, k)
  private double[] w; // (m, k)
  private double[] x; // (k, 8)
  private double[] c; // (m, 8)

  /** Draws weights and activations. */
  @Setup
  public void draw() {
    String[] parts = size.split("x", -1);
    m = Integer.parseInt(parts[0]);
    k = Integer.parseInt(parts[1]);
    ops = implementation.ops();
    w = Numbers.within(0.1, m * k);
    a = Packing.pack(m, k, w, 0);
    x = Numbers.within(1, k * LANES);
    c = new double[m * LANES];
  }

  /** C += A·X, the forward product. */
  @Benchmark
  public double[] product() {
    ops.product(m, k, a, 0, x, 0, c, 0);
    return c;
  }

  /** W += C·Xᵀ, the gradient of the weights. */
  @Benchmark
  public double[] outerProduct() {
    ops.outerProduct(m, k, c, 0, x, 0, w, 0);
    return w;
  }
}

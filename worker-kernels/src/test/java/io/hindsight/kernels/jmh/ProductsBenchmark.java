package io.hindsight.kernels.jmh;

import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
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
 * Time of the products over some lane blocks; {@code 16·m·k·panels / time} is their speed in
 * floating-point operations.
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

  /** Lane blocks: the batch by eight. */
  @Param({"8", "1"})
  public int blocks;

  private VectorOps ops;
  private int m;
  private int k;
  private Panels panels;
  private PackedMatrix a; // (m, k)
  private PanelView x; // (blocks, k, 8)
  private PanelView c; // (blocks, m, 8)
  private TransposedPanels left;
  private TransposedPanels right;
  private OuterProduct gradient;

  /** Draws weights and activations. */
  @Setup
  public void draw() {
    String[] parts = size.split("x", -1);
    m = Integer.parseInt(parts[0]);
    k = Integer.parseInt(parts[1]);
    ops = implementation.ops();
    panels = new Panels(blocks);
    for (int block = 0; block < blocks; block++) {
      panels.add(block);
    }
    a = PackedMatrix.of(m, k, Numbers.within(0.1, m * k), 0);
    x = new PanelView(Numbers.within(1, blocks * k * LANES), 0, k * LANES);
    c = new PanelView(new double[blocks * m * LANES], 0, m * LANES);
    left = new TransposedPanels(ops.matrix(), ops.memory(), m);
    right = new TransposedPanels(ops.matrix(), ops.memory(), k);
    gradient = new OuterProduct(ops.matrix(), ops.memory(), m, k);
  }

  /** C += A·X, the forward product. */
  @Benchmark
  public double[] product() {
    ops.matrix().product(a, panels, 0, blocks, x, c);
    return c.array();
  }

  /** W += C·Xᵀ, the gradient of the weights, transpositions included. */
  @Benchmark
  public OuterProduct outerProduct() {
    left.set(panels, 0, blocks, c);
    right.set(panels, 0, blocks, x);
    gradient.add(left, right);
    return gradient;
  }
}

package io.hindsight.kernels.network;

import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.Arrays;

/**
 * Draws the initial weights of a network.
 *
 * <p>The values of a block are a function of (seed, index of the block in the layout): they do not
 * depend on the other blocks, nor on the order in which blocks are filled.
 */
public final class Initializer {
  /** The LSTM's forget gate is the second of i, f, g, o. */
  private static final int FORGET_GATE = 1;

  private final ParameterLayout layout;
  private final long seed;
  private final double[] values; // (P)

  private Initializer(ParameterLayout layout, long seed) {
    this.layout = layout;
    this.seed = seed;
    values = new double[layout.size()];
  }

  /**
   * Initial weights.
   *
   * @param kind the distribution
   * @param forgetBias value of the LSTM's forget-gate bias, the sum of its two biases ({@code
   *     bias_ih} takes it, {@code bias_hh} becomes 0); NaN leaves both as drawn. Cells without a
   *     forget gate ignore it
   * @param seed the run's seed
   * @throws IllegalArgumentException if the forget bias is infinite
   */
  public static Parameters initialize(
      ParameterLayout layout, InitialKind kind, double forgetBias, long seed) {
    if (Double.isInfinite(forgetBias)) {
      throw new IllegalArgumentException("the forget bias must be finite, but is " + forgetBias);
    }
    Initializer initializer = new Initializer(layout, seed);
    switch (kind) {
      case UNIFORM -> initializer.uniform();
      case GLOROT -> initializer.glorot();
      case ORTHOGONAL -> initializer.orthogonal();
    }
    if (!Double.isNaN(forgetBias)) {
      initializer.setForgetBias(forgetBias);
    }
    return new Parameters(layout, initializer.values);
  }

  private void uniform() {
    for (LayerBlocks blocks : layout.layers()) {
      double bound = 1 / Math.sqrt(blocks.spec().hidden());
      fill(blocks.weightIh(), bound);
      fill(blocks.weightHh(), bound);
      fill(blocks.biasIh(), bound);
      fill(blocks.biasHh(), bound);
    }
    double bound = 1 / Math.sqrt(layout.outWeight().columns());
    fill(layout.outWeight(), bound);
    fill(layout.outBias(), bound);
  }

  private void glorot() {
    fillInputMatrices();
    for (LayerBlocks blocks : layout.layers()) {
      int units = blocks.spec().hidden();
      fill(blocks.weightHh(), glorotBound(units, units));
    }
  }

  private void orthogonal() {
    fillInputMatrices();
    for (LayerBlocks blocks : layout.layers()) {
      Block block = blocks.weightHh();
      CounterRandom random = random(block);
      int units = blocks.spec().hidden();
      for (int gate = 0; gate < blocks.spec().cell().gates(); gate++) {
        OrthogonalMatrix.draw(random, units, values, block.offset() + gate * units * units);
      }
    }
  }

  /** Every matrix but the recurrent ones; the fans are those of one gate. */
  private void fillInputMatrices() {
    for (LayerBlocks blocks : layout.layers()) {
      Block block = blocks.weightIh();
      fill(block, glorotBound(block.columns(), blocks.spec().hidden()));
    }
    Block out = layout.outWeight();
    fill(out, glorotBound(out.columns(), out.rows()));
  }

  private void setForgetBias(double value) {
    for (LayerBlocks blocks : layout.layers()) {
      if (blocks.spec().cell() instanceof LstmCell) {
        setForgetBias(blocks, value);
      }
    }
  }

  private void setForgetBias(LayerBlocks blocks, double value) {
    int units = blocks.spec().hidden();
    int first = FORGET_GATE * units;
    int ih = blocks.biasIh().offset() + first;
    int hh = blocks.biasHh().offset() + first;
    Arrays.fill(values, ih, ih + units, value);
    Arrays.fill(values, hh, hh + units, 0);
  }

  private void fill(Block block, double bound) {
    CounterRandom random = random(block);
    for (int i = block.offset(); i < block.end(); i++) {
      values[i] = random.nextDouble(-bound, bound);
    }
  }

  private CounterRandom random(Block block) {
    return CounterRandom.of(seed, Purpose.INITIAL_WEIGHTS, layout.blocks().indexOf(block));
  }

  private static double glorotBound(int fanIn, int fanOut) {
    return Math.sqrt(6.0 / ((double) fanIn + fanOut));
  }
}

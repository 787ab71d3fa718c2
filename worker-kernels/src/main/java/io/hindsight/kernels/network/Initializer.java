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
    if (layout.spec().cell() instanceof LstmCell && !Double.isNaN(forgetBias)) {
      initializer.setForgetBias(forgetBias);
    }
    return new Parameters(layout, initializer.values);
  }

  private void uniform() {
    for (int layer = 0; layer < layout.spec().layers(); layer++) {
      double bound = 1 / Math.sqrt(layout.spec().hidden(layer));
      LayerBlocks blocks = layout.layer(layer);
      fill(blocks.weightIh(), bound);
      fill(blocks.weightHh(), bound);
      fill(blocks.biasIh(), bound);
      fill(blocks.biasHh(), bound);
    }
    double bound = 1 / Math.sqrt(layout.spec().topHidden());
    fill(layout.outWeight(), bound);
    fill(layout.outBias(), bound);
  }

  private void glorot() {
    fillInputMatrices();
    for (int layer = 0; layer < layout.spec().layers(); layer++) {
      int units = layout.spec().hidden(layer);
      fill(layout.layer(layer).weightHh(), glorotBound(units, units));
    }
  }

  private void orthogonal() {
    fillInputMatrices();
    for (int layer = 0; layer < layout.spec().layers(); layer++) {
      Block block = layout.layer(layer).weightHh();
      CounterRandom random = random(block);
      int units = layout.spec().hidden(layer);
      for (int gate = 0; gate < layout.spec().cell().gates(); gate++) {
        OrthogonalMatrix.draw(random, units, values, block.offset() + gate * units * units);
      }
    }
  }

  /** Every matrix but the recurrent ones; the fans are those of one gate. */
  private void fillInputMatrices() {
    NetworkSpec spec = layout.spec();
    for (int layer = 0; layer < spec.layers(); layer++) {
      fill(layout.layer(layer).weightIh(), glorotBound(spec.inputSize(layer), spec.hidden(layer)));
    }
    fill(layout.outWeight(), glorotBound(spec.topHidden(), spec.output().size()));
  }

  private void setForgetBias(double value) {
    for (int layer = 0; layer < layout.spec().layers(); layer++) {
      LayerBlocks blocks = layout.layer(layer);
      int units = layout.spec().hidden(layer);
      int first = FORGET_GATE * units;
      int ih = blocks.biasIh().offset() + first;
      int hh = blocks.biasHh().offset() + first;
      Arrays.fill(values, ih, ih + units, value);
      Arrays.fill(values, hh, hh + units, 0);
    }
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

package io.hindsight.kernels.network;

import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import io.hindsight.kernels.random.OrthogonalMatrix;
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
   * Initial weights; a normalisation begins with gain 1 and bias 0.
   *
   * @param kind the distribution
   * @param forgetBias value of the LSTM's forget-gate bias, the sum of its biases ({@code bias_ih}
   *     takes it, {@code bias_hh} becomes 0); NaN leaves them as drawn. Cells without a forget gate
   *     ignore it
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
    initializer.setGains();
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
      blocks.biasIh().ifPresent(bias -> fill(bias, bound));
      blocks.biasHh().ifPresent(bias -> fill(bias, bound));
    }
    double bound = 1 / Math.sqrt(layout.outWeight().columns());
    fill(layout.outWeight(), bound);
    fill(layout.outBias(), bound);
    fillTables();
  }

  /**
   * Rows are read one at a time, not summed; of a tied table it was drawn as the output's matrix.
   */
  private void fillTables() {
    for (Block table : layout.tables()) {
      if (table != layout.outWeight()) {
        fill(table, 1 / Math.sqrt(table.columns()));
      }
    }
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
    fillTables();
  }

  private void setGains() {
    for (LayerBlocks blocks : layout.layers()) {
      blocks.norms().ifPresent(norms -> norms.all().forEach(norm -> setToOne(norm.gain())));
    }
  }

  private void setToOne(Block block) {
    Arrays.fill(values, block.offset(), block.end(), 1);
  }

  private void setForgetBias(double value) {
    for (LayerBlocks blocks : layout.layers()) {
      if (blocks.spec().cell() instanceof LstmCell) {
        setForgetBias(blocks, value);
      }
    }
  }

  private void setForgetBias(LayerBlocks blocks, double value) {
    blocks.biasIh().ifPresent(bias -> setForgetGate(bias, blocks.spec().hidden(), value));
    blocks.biasHh().ifPresent(bias -> setForgetGate(bias, blocks.spec().hidden(), 0));
  }

  private void setForgetGate(Block bias, int units, double value) {
    int first = bias.offset() + FORGET_GATE * units;
    Arrays.fill(values, first, first + units, value);
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

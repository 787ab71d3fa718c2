package io.hindsight.kernels.network;

import java.util.Objects;

/**
 * A recurrent layer.
 *
 * @param cell its equations
 * @param hidden H: hidden units of a direction, at least 1
 * @param bidirectional whether a second set of weights reads each sequence from its end; what the
 *     layer makes is then [forward; backward]
 * @param layerNorm whether the products with input and state are normalised, and an LSTM's c
 * @param residual whether it adds what it reads to its h, which must be as many numbers (He et al.:
 *     <i>Deep Residual Learning</i>, CVPR 2016)
 * @param noise of its state in training
 */
public record RecurrentSpec(
    Cell cell,
    int hidden,
    boolean bidirectional,
    boolean layerNorm,
    boolean residual,
    StateNoise noise)
    implements LayerSpec {
  public RecurrentSpec {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(noise, "noise");
    NetworkSpec.requirePositive("hidden units", hidden);
    if (noise.zoneoutCell() > 0 && !cell.hasCellState()) {
      throw new IllegalArgumentException(
          "zoneout of c needs a cell that has one, not " + cell.name());
    }
  }

  /** A layer with nothing but its cell. */
  public static RecurrentSpec plain(Cell cell, int hidden) {
    return new RecurrentSpec(cell, hidden, false, false, false, StateNoise.NONE);
  }

  /** The same with other units. */
  public RecurrentSpec withHidden(int units) {
    return new RecurrentSpec(cell, units, bidirectional, layerNorm, residual, noise);
  }

  /** The same, adding what it reads to its h or not. */
  public RecurrentSpec withResidual(boolean adds) {
    return new RecurrentSpec(cell, hidden, bidirectional, layerNorm, adds, noise);
  }

  /** 2 if it is bidirectional, else 1. */
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  @Override
  public int outputs(int inputs) {
    return directions() * hidden;
  }
}

package io.hindsight.kernels.jmh;

import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.StateNoise;
import java.util.List;

/** What is measured beside a plain recurrent layer. */
public enum LayerKind {
  /** The cell and nothing else. */
  PLAIN,
  /** Dropout of what the layer reads, anew at each step. */
  DROPOUT,
  /** The same units at all steps. */
  VARIATIONAL,
  /** Dropout of the state that it reads. */
  RECURRENT,
  /** Zoneout of h. */
  ZONEOUT,
  /** Normalised products. */
  NORM,
  /** Two directions. */
  BOTH;

  private static final double RATE = 0.2;

  List<LayerSpec> layers(Cell cell, int hidden) {
    RecurrentSpec plain = RecurrentSpec.plain(cell, hidden);
    return switch (this) {
      case PLAIN -> List.of(plain);
      case DROPOUT -> List.of(new DropoutSpec(RATE, false), plain);
      case VARIATIONAL -> List.of(new DropoutSpec(RATE, true), plain);
      case RECURRENT -> List.of(with(plain, false, false, new StateNoise(RATE, 0, 0)));
      case ZONEOUT -> List.of(with(plain, false, false, new StateNoise(0, RATE, 0)));
      case NORM -> List.of(with(plain, false, true, StateNoise.NONE));
      case BOTH -> List.of(with(plain, true, false, StateNoise.NONE));
    };
  }

  private static RecurrentSpec with(
      RecurrentSpec plain, boolean bothWays, boolean norm, StateNoise noise) {
    return new RecurrentSpec(plain.cell(), plain.hidden(), bothWays, norm, false, noise);
  }
}

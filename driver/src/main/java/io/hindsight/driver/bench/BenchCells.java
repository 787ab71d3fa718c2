package io.hindsight.driver.bench;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.RnnCell;
import java.util.List;
import java.util.stream.Collectors;

/** The cells that can be measured. */
public final class BenchCells {
  /** What is measured unless cells are given: all, the simple one with tanh. */
  public static final List<Cell> DEFAULTS =
      List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell());

  private BenchCells() {}

  /**
   * The cell of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Cell named(String name) {
    return DEFAULTS.stream()
        .filter(cell -> cell.name().equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a cell is one of %s, but is '%s'".formatted(names(), name)));
  }

  private static String names() {
    return DEFAULTS.stream().map(Cell::name).collect(Collectors.joining(", "));
  }
}

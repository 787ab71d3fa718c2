package io.hindsight.driver.bench;

import io.hindsight.kernels.network.Cell;
import java.util.List;

/**
 * What to measure, and for how long.
 *
 * @param shapes the layers
 * @param cells the cells, each at every shape
 * @param seconds CPU time spent on measuring each (cell, shape), after warming up
 * @param threads tasks of the engine to compare with one; 1 leaves that comparison out
 */
public record BenchSettings(
    List<BenchShape> shapes, List<Cell> cells, double seconds, int threads) {
  private static final double LONGEST = 3600;
  private static final int MOST_THREADS = 1024;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the first that is wrong
   */
  public BenchSettings {
    shapes = List.copyOf(shapes);
    cells = List.copyOf(cells);
    if (shapes.isEmpty() || cells.isEmpty()) {
      throw new IllegalArgumentException(
          "there must be at least one shape and one cell to measure");
    }
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw new IllegalArgumentException(
          "seconds must be above 0 and at most 3600, but are " + seconds + "; try 2");
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be 1 to 1024, but are " + threads + "; try the number of cores");
    }
  }
}

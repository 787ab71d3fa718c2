package io.hindsight.datasets.grid;

import java.time.Instant;
import java.util.BitSet;

/** Where the rows of one sequence lie on a grid, which begins at the first of them. */
public final class GridTimes {
  private final GridLine line;
  private final long[] ticks; // (N), ascending strictly: steps from the first row
  private final BitSet inserted; // rows that the table does not have

  /**
   * Rows on a grid.
   *
   * @param ticks steps of each row from the first, not copied // (N)
   * @param inserted rows that the table does not have, not copied
   */
  public GridTimes(GridLine line, long[] ticks, BitSet inserted) {
    this.line = line;
    this.ticks = ticks;
    this.inserted = inserted;
  }

  /** Whether the table does not have a row, which was put in where a step was missing. */
  public boolean isInserted(int row) {
    return inserted.get(row);
  }

  /** How many rows the table does not have. */
  public int inserted() {
    return inserted.cardinality();
  }

  /** The rows that the table does not have, not copied. */
  public BitSet rowsInserted() {
    return inserted;
  }

  /** Steps of each row from the first // (N). */
  public double[] positions() {
    double[] positions = new double[ticks.length];
    for (int row = 0; row < positions.length; row++) {
      positions[row] = ticks[row];
    }
    return positions;
  }

  /** The step of the grid that is nearest to a time, from the first row. */
  public double position(Instant time) {
    return line.nearest(time);
  }

  /** When the step of the grid is that lies so many steps after a row. */
  public Instant after(int row, int steps) {
    return line.at(ticks[row] + steps);
  }
}

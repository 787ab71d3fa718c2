package io.hindsight.datasets.time;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the rows of a sequence lie in time, in steps: row t of an evenly spaced one at t. So a row
 * can be looked up by its distance from another, and where no row is, none is found.
 */
public final class Timeline {
  /** How far, in steps, a time may lie from where it is looked for: clocks drift and change. */
  static final double TOLERANCE = 0.1;

  private static final int NONE = -1;
  private static final int POSITIONS = 1; // bits of what is written
  private static final int INSERTED = 2;

  private final int rows; // N
  private final double[] positions; // (N), ascending; null if row t is at t
  private final int[] uneven; // (N): steps before the row that are longer or shorter than one
  private final BitSet inserted; // rows that the table does not have

  private Timeline(int rows, double[] positions, int[] uneven, BitSet inserted) {
    this.rows = rows;
    this.positions = positions;
    this.uneven = uneven;
    this.inserted = inserted;
  }

  /** Rows that are one step apart, or whose times are not known. */
  static Timeline ofRows(int rows) {
    return new Timeline(rows, null, null, new BitSet());
  }

  /**
   * Rows at these times in steps, ascending strictly. Whole numbers of steps from one row to the
   * next are taken for exact, so that small errors do not add up.
   */
  static Timeline of(double[] times) {
    if (areEven(times)) {
      return ofRows(times.length);
    }
    double[] positions = new double[times.length];
    int[] uneven = new int[times.length];
    for (int i = 1; i < times.length; i++) {
      double step = times[i] - times[i - 1];
      positions[i] = positions[i - 1] + (isWhole(step) ? StrictMath.rint(step) : step);
      uneven[i] = uneven[i - 1] + (isOne(step) ? 0 : 1);
    }
    return new Timeline(times.length, positions, uneven, new BitSet());
  }

  private static boolean areEven(double[] times) {
    for (int i = 1; i < times.length; i++) {
      if (!isOne(times[i] - times[i - 1])) {
        return false;
      }
    }
    return true;
  }

  /** The same rows, of which the table does not have some: those are never found. */
  Timeline without(BitSet some) {
    return new Timeline(rows, positions, uneven, some);
  }

  /** A row, unless the table does not have it. */
  private int known(int row) {
    return row >= 0 && inserted.get(row) ? NONE : row;
  }

  /** Whether a distance is one step. */
  static boolean isOne(double step) {
    return Math.abs(step - 1) <= TOLERANCE;
  }

  /** Whether a distance is a whole number of steps, but not none. */
  static boolean isWhole(double step) {
    double whole = StrictMath.rint(step);
    return whole >= 1 && Math.abs(step - whole) <= TOLERANCE;
  }

  /** N. */
  int rows() {
    return rows;
  }

  /** Where a row lies, in steps from the first. */
  public double position(int row) {
    return positions == null ? row : positions[row];
  }

  /** The row that is this many steps after another; −1 if there is none. */
  public int after(int row, int steps) {
    return known(anyAfter(row, steps));
  }

  /** The same, also if the table does not have the row. */
  public int anyAfter(int row, int steps) {
    if (positions == null) {
      return row + steps < rows ? row + steps : NONE;
    }
    return at(positions[row] + steps);
  }

  /**
   * Rows up to the last that has another this many steps later; all but the last {@code steps} if
   * none has.
   */
  public int rowsWithTarget(int steps) {
    if (positions != null || !inserted.isEmpty()) {
      for (int row = rows - 1; row >= 0; row--) {
        if (after(row, steps) >= 0) {
          return row + 1;
        }
      }
    }
    return Math.max(0, rows - steps);
  }

  /** The row that was this many steps before another; −1 if there is none. */
  public int before(int row, int steps) {
    if (positions == null) {
      return known(Math.max(NONE, row - steps));
    }
    return known(at(positions[row] - steps));
  }

  /** The newest row that is at least this many steps before another; −1 before the first. */
  public int newestBefore(int row, int steps) {
    if (positions == null) {
      return inserted.previousClearBit(Math.max(NONE, row - steps));
    }
    return inserted.previousClearBit(
        firstFrom(Math.nextUp(positions[row] - steps + TOLERANCE)) - 1);
  }

  /** Whether every row of [from, to] is one step after the one before it. */
  public boolean isRun(int from, int to) {
    int missing = inserted.isEmpty() || from < 0 ? NONE : inserted.nextSetBit(from);
    boolean whole = missing < 0 || missing > to;
    return from >= 0 && whole && (uneven == null || uneven[to] == uneven[from]);
  }

  /** The row nearest to a time, within the tolerance. */
  private int at(double wanted) {
    int row = firstFrom(wanted - TOLERANCE);
    if (row + 1 < rows && positions[row + 1] - wanted < Math.abs(positions[row] - wanted)) {
      row++;
    }
    return row < rows && positions[row] - wanted <= TOLERANCE ? row : NONE;
  }

  /** The first row at this time or later; N if there is none. */
  private int firstFrom(double time) {
    int found = Arrays.binarySearch(positions, time);
    return found >= 0 ? found : -found - 1;
  }

  /** Bytes that {@link #put} writes. */
  public long byteCount() {
    long each = positions == null ? 0 : Double.BYTES + Integer.BYTES;
    return Integer.BYTES + 1 + each * rows + (inserted.isEmpty() ? 0 : Integer.BYTES + bits());
  }

  /** Bytes of the rows that the table does not have. */
  private int bits() {
    return (inserted.length() + 7) / 8;
  }

  /** Writes what {@link #get} reads. */
  public void put(ByteBuffer to) {
    int parts = (positions == null ? 0 : POSITIONS) | (inserted.isEmpty() ? 0 : INSERTED);
    to.putInt(rows).put((byte) parts);
    if (!inserted.isEmpty()) {
      to.putInt(bits()).put(inserted.toByteArray());
    }
    for (int row = 0; positions != null && row < rows; row++) {
      to.putDouble(positions[row]).putInt(uneven[row]);
    }
  }

  /** The timeline that {@link #put} wrote. */
  public static Timeline get(ByteBuffer from) {
    int rows = from.getInt();
    int parts = from.get();
    BitSet inserted = new BitSet();
    if ((parts & INSERTED) != 0) {
      byte[] bits = new byte[from.getInt()];
      from.get(bits);
      inserted = BitSet.valueOf(bits);
    }
    if ((parts & POSITIONS) == 0) {
      return new Timeline(rows, null, null, inserted);
    }
    double[] positions = new double[rows];
    int[] uneven = new int[rows];
    for (int row = 0; row < rows; row++) {
      positions[row] = from.getDouble();
      uneven[row] = from.getInt();
    }
    return new Timeline(rows, positions, uneven, inserted);
  }
}

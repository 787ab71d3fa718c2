package io.hindsight.kernels.batch;

import io.hindsight.kernels.network.TableRows;
import java.util.Arrays;

/**
 * Sums of gradients of those rows of tables that occur, in the order of their numbers, whoever adds
 * which first; all other rows have the gradient zero. Used again without allocation.
 */
public final class RowSums {
  private static final int MOST = Integer.MAX_VALUE - 8; // elements of an array

  private final TableRows tables;
  private int[] rows = {}; // (count), ascending
  private double[] values = {}; // (size): row after row
  private int count;
  private int size;

  /** Of no row. */
  public RowSums(TableRows tables) {
    this.tables = tables;
  }

  /**
   * Wraps sums without copying them.
   *
   * @param rows ascending numbers of rows
   * @param values their elements, row after row
   * @throws IllegalArgumentException if these are no rows of the tables in their order, or have
   *     other widths
   */
  public static RowSums of(TableRows tables, int[] rows, double[] values) {
    RowSums sums = new RowSums(tables);
    sums.rows = rows;
    sums.values = values;
    sums.count = rows.length;
    for (int i = 0; i < rows.length; i++) {
      int least = i == 0 ? 0 : rows[i - 1] + 1;
      if (rows[i] < least || rows[i] >= tables.count()) {
        throw new IllegalArgumentException(
            "row %d of a gradient is outside [%d, %d)".formatted(rows[i], least, tables.count()));
      }
      sums.size += tables.width(rows[i]);
    }
    if (sums.size != values.length) {
      throw new IllegalArgumentException(
          "%d rows of a gradient have %d elements, but came with %d"
              .formatted(rows.length, sums.size, values.length));
    }
    return sums;
  }

  /** The tables whose rows these are. */
  public TableRows tables() {
    return tables;
  }

  /** How many rows occur. */
  public int count() {
    return count;
  }

  /** The number of the i-th row that occurs. */
  public int row(int i) {
    return rows[i];
  }

  /** The numbers of the rows that occur, a copy. */
  public int[] rows() {
    return Arrays.copyOf(rows, count);
  }

  /** Elements of all rows that occur. */
  public int size() {
    return size;
  }

  /** The live elements, row after row; those after {@link #size} have no meaning. */
  public double[] values() {
    return values;
  }

  /** The elements of the rows that occur, row after row, a copy. */
  public double[] elements() {
    return Arrays.copyOf(values, size);
  }

  /** Forgets all rows. */
  public void clear() {
    count = 0;
    size = 0;
  }

  /**
   * Sets the rows whose bits are set to zero, and forgets all others.
   *
   * @param bits a bit for each row; cleared
   * @param at receives, by number of row, where each of them begins in {@link #values}
   */
  public void start(long[] bits, int[] at) {
    clear();
    for (int word = 0; word < bits.length; word++) {
      for (long left = bits[word]; left != 0; left &= left - 1) {
        int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        int end = size + tables.width(row);
        reserve(count + 1, end);
        at[row] = size;
        rows[count++] = row;
        size = end;
      }
      bits[word] = 0;
    }
    Arrays.fill(values, 0, size, 0);
  }

  /**
   * Adds sums of rows of the same tables, from the last row to the first, so in place.
   *
   * @throws IllegalArgumentException if they are of other tables
   */
  public void merge(RowSums other) {
    if (other.count > 0 && !other.tables.equals(tables)) {
      throw new IllegalArgumentException("cannot merge gradients of rows of different tables");
    }
    int mine = count - 1;
    int from = size;
    int theirFrom = other.size;
    makeRoom(other);
    int to = size;
    int last = count - 1;
    for (int theirs = other.count - 1; theirs >= 0; last--) {
      int row = Math.max(other.rows[theirs], mine < 0 ? -1 : rows[mine]);
      int width = tables.width(row);
      to -= width;
      boolean isMine = mine >= 0 && rows[mine] == row;
      if (isMine) {
        mine--;
        from -= width;
        System.arraycopy(values, from, values, to, width);
      }
      if (other.rows[theirs] == row) {
        theirs--;
        theirFrom -= width;
        put(other.values, theirFrom, to, width, isMine);
      }
      rows[last] = row;
    }
  }

  /** Counts the rows of both, each once. */
  private void makeRoom(RowSums other) {
    int mine = 0;
    int newCount = count;
    int newSize = size;
    for (int theirs = 0; theirs < other.count; theirs++) {
      int row = other.rows[theirs];
      while (mine < count && rows[mine] < row) {
        mine++;
      }
      if (mine == count || rows[mine] != row) {
        newCount++;
        newSize += tables.width(row);
      }
    }
    reserve(newCount, newSize);
    count = newCount;
    size = newSize;
  }

  /** A row that is there already is added to, another is copied as it is, zeros of any sign too. */
  private void put(double[] source, int from, int to, int width, boolean adds) {
    if (!adds) {
      System.arraycopy(source, from, values, to, width);
      return;
    }
    for (int i = 0; i < width; i++) {
      values[to + i] += source[from + i];
    }
  }

  private void reserve(int rowCount, int elements) {
    if (rowCount > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(rowCount, 2 * rows.length));
    }
    if (elements > values.length) {
      long twice = 2L * values.length;
      values = Arrays.copyOf(values, (int) Math.max(elements, Math.min(twice, MOST)));
    }
  }

  /** Divides every element. */
  void divide(double divisor) {
    for (int i = 0; i < size; i++) {
      values[i] /= divisor;
    }
  }

  /** Index in the flat array of parameters of the first element that is not finite; −1 if none. */
  int firstNonFinite() {
    int from = 0;
    for (int i = 0; i < count; i++) {
      int width = tables.width(rows[i]);
      for (int element = 0; element < width; element++) {
        if (!Double.isFinite(values[from + element])) {
          return tables.offset(rows[i]) + element;
        }
      }
      from += width;
    }
    return -1;
  }

  /**
   * Copies each row to where it is among all parameters.
   *
   * @param elements of the rows that occur, row after row, from {@code first}
   * @param whole (P)
   */
  public void copyInto(double[] elements, int first, double[] whole) {
    int from = first;
    for (int i = 0; i < count; i++) {
      int width = tables.width(rows[i]);
      System.arraycopy(elements, from, whole, tables.offset(rows[i]), width);
      from += width;
    }
  }

  /** Takes the rows that are not zero among all parameters // (P). */
  void setNonZero(double[] whole) {
    clear();
    for (int row = 0; row < tables.count(); row++) {
      int from = tables.offset(row);
      int width = tables.width(row);
      if (isNonZero(whole, from, from + width)) {
        reserve(count + 1, size + width);
        rows[count++] = row;
        System.arraycopy(whole, from, values, size, width);
        size += width;
      }
    }
  }

  private static boolean isNonZero(double[] values, int from, int end) {
    for (int i = from; i < end; i++) {
      if (values[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Sets the places of {@link #copyInto} to zero // (P). */
  public void clearIn(double[] whole) {
    for (int i = 0; i < count; i++) {
      int from = tables.offset(rows[i]);
      Arrays.fill(whole, from, from + tables.width(rows[i]), 0);
    }
  }

  /** Bytes held. */
  public long bytes() {
    return (long) Integer.BYTES * rows.length + (long) Double.BYTES * values.length;
  }
}

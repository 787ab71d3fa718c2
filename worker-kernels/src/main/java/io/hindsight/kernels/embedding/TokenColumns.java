package io.hindsight.kernels.embedding;

import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.math.TransposedPanels;

/**
 * The columns that tokens select, of some consecutive rows of the input weights' gradient, while
 * terms are added to them. Each has a slot; slot 0 is for terms of no token and never stored.
 *
 * <p>The 8 rows of a packed block of dz lie together for all slots, so that adding a block's terms
 * touches one small piece of memory.
 */
public final class TokenColumns {
  private static final int ROWS = Packing.ROWS;

  private final int rows;
  private final int vocabulary; // V
  private final int offset; // of the first row in the gradient
  private int capacity;
  private double[] values = {}; // (rows/8, capacity, 8)

  /**
   * Of {@code rows} rows, for a vocabulary of V tokens.
   *
   * @param offset of the first row in the gradient
   */
  public TokenColumns(int rows, int vocabulary, int offset) {
    this.rows = rows;
    this.vocabulary = vocabulary;
    this.offset = offset;
  }

  /** Makes room for this many slots, those in use kept. */
  public void reserve(int slots) {
    int blocks = Packing.paddedRows(rows) / ROWS;
    double[] larger = new double[Math.multiplyExact(blocks, Math.multiplyExact(slots, ROWS))];
    for (int block = 0; block < blocks; block++) {
      int from = block * capacity * ROWS;
      System.arraycopy(values, from, larger, block * slots * ROWS, capacity * ROWS);
    }
    values = larger;
    capacity = slots;
  }

  /** Starts the slots [first, end) from the gradient // (P), row after row. */
  public void load(double[] gradient, int[] tokenOfSlot, int first, int end) {
    for (int row = 0; row < rows; row++) {
      int from = offset + row * vocabulary;
      int to = Packing.index(row, 0, capacity);
      for (int slot = first; slot < end; slot++) {
        values[to + slot * ROWS] = gradient[from + tokenOfSlot[slot]];
      }
    }
  }

  /** Adds the first rows of dz, each term to its slot. */
  public void add(TransposedPanels dz, int[] slotOfTerm) {
    dz.addTo(rows, slotOfTerm, capacity, values);
  }

  /** Writes the slots [1, end) back to the gradient // (P). */
  public void store(double[] gradient, int[] tokenOfSlot, int end) {
    for (int row = 0; row < rows; row++) {
      int to = offset + row * vocabulary;
      int from = Packing.index(row, 0, capacity);
      for (int slot = 1; slot < end; slot++) {
        gradient[to + tokenOfSlot[slot]] = values[from + slot * ROWS];
      }
    }
  }

  /** Bytes held. */
  public long bytes() {
    return (long) Double.BYTES * values.length;
  }
}

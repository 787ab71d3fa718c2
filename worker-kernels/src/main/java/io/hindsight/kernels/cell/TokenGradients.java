package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.Arrays;

/**
 * dW[:, token] += dz of each lane, for token inputs.
 *
 * <p>A column of the row-major gradient is scattered over memory, so the columns of the tokens that
 * occur are copied out when first met, added to as rows, and copied back at the end: the additions
 * and their order are those made in place.
 */
final class TokenGradients implements InputGradients {
  private static final int LANES = SequenceBatch.LANES;

  private final int rows; // inputGates·H
  private final int inputOnlyRows;
  private final int inputOnlyAt; // row of the weights
  private final int sharedAt;
  private final int vocabulary; // V
  private final int offset; // of the weights in the gradient
  private final int[] slotOfToken; // (V), −1 where the token has not occurred
  private final int[] rowOfTerm = new int[TransposedPanels.CHUNK * LANES]; // −1 for no token
  private int[] tokenOfSlot = {};
  private double[] columns = {}; // (slots, rows)
  private int slots;
  private double[] gradient; // (P), of the present pass

  TokenGradients(CellKernel kernel, Block weights) {
    int own = kernel.firstRecurrentGate();
    int hidden = weights.rows() / kernel.inputGates();
    rows = weights.rows();
    inputOnlyRows = own * hidden;
    inputOnlyAt = kernel.inputGate(0) * hidden;
    sharedAt = kernel.inputGate(own) * hidden;
    vocabulary = weights.columns();
    offset = weights.offset();
    slotOfToken = new int[vocabulary];
    Arrays.fill(slotOfToken, -1);
  }

  /** Forgets the tokens of the pass before. */
  @Override
  public void load(double[] gradient) {
    this.gradient = gradient;
    for (int slot = 0; slot < slots; slot++) {
      slotOfToken[tokenOfSlot[slot]] = -1;
    }
    slots = 0;
  }

  /** Finds the column of every term of some panels. */
  @Override
  public void select(LayerWorkspace s, SequenceBatch batch, Panels panels, int first, int count) {
    int blocks = batch.blocks();
    for (int i = 0; i < count; i++) {
      int t = panels.get(first + i) / blocks;
      int block = panels.get(first + i) % blocks;
      for (int lane = 0; lane < LANES; lane++) {
        int token = TokenRows.tokenAt(batch, block * LANES + lane, t);
        rowOfTerm[i * LANES + lane] = token < 0 ? -1 : slot(token) * rows;
      }
    }
  }

  private int slot(int token) {
    if (slotOfToken[token] < 0) {
      reserve(slots + 1);
      slotOfToken[token] = slots;
      tokenOfSlot[slots] = token;
      int to = slots * rows;
      for (int row = 0; row < rows; row++) {
        columns[to + row] = gradient[offset + row * vocabulary + token];
      }
      slots++;
    }
    return slotOfToken[token];
  }

  private void reserve(int needed) {
    if (needed > tokenOfSlot.length) {
      int size = Math.min(vocabulary, Math.max(64, 2 * needed));
      tokenOfSlot = Arrays.copyOf(tokenOfSlot, size);
      columns = Arrays.copyOf(columns, Math.multiplyExact(size, rows));
    }
  }

  @Override
  public void add(TransposedPanels inputOnly, TransposedPanels recurrent) {
    add(inputOnly, inputOnlyRows, inputOnlyAt);
    add(recurrent, rows - inputOnlyRows, sharedAt);
  }

  /** Rows [0, count) of dz are rows [toRow, …) of the weights. */
  private void add(TransposedPanels dz, int count, int toRow) {
    for (int term = 0; count > 0 && term < dz.terms(); term++) {
      if (rowOfTerm[term] >= 0) {
        addTerm(dz.values(), term, dz.terms(), count, rowOfTerm[term] + toRow);
      }
    }
  }

  private void addTerm(double[] dz, int term, int terms, int count, int to) {
    for (int row = 0; row < count; row += Packing.ROWS) {
      int from = Packing.index(row, term, terms);
      int n = Math.min(Packing.ROWS, count - row);
      for (int j = 0; j < n; j++) {
        columns[to + row + j] += dz[from + j];
      }
    }
  }

  /** Copies the columns back. */
  @Override
  public void store(double[] gradient) {
    for (int slot = 0; slot < slots; slot++) {
      int from = slot * rows;
      for (int row = 0; row < rows; row++) {
        gradient[offset + row * vocabulary + tokenOfSlot[slot]] = columns[from + row];
      }
    }
  }

  @Override
  public long bytes() {
    long numbers = (long) slotOfToken.length + rowOfTerm.length + tokenOfSlot.length;
    return Integer.BYTES * numbers + (long) Double.BYTES * columns.length;
  }
}

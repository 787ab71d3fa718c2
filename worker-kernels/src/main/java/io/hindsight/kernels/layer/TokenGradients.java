package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.embedding.TokenColumns;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/**
 * dW[:, token] += dz of each lane, for token inputs.
 *
 * <p>A column of the row-major gradient is scattered over memory, so the columns of the tokens that
 * occur are copied out when first met, added to where they lie together, and copied back at the
 * end: the additions and their order are those made in place.
 */
final class TokenGradients implements InputGradients {
  private static final int LANES = SequenceBatch.LANES;

  /** Slot of the terms of no token. */
  private static final int NONE = 0;

  private final int vocabulary; // V
  private final TokenColumns inputOnly; // of the rows that only the input product feeds
  private final TokenColumns shared; // of the others
  private final int[] slotOfToken; // (V), NONE where the token has not occurred
  private final int[] slotOfTerm = new int[TransposedPanels.CHUNK * LANES];
  private int[] tokenOfSlot = {};
  private int slots; // those in use; NONE is
  private double[] gradient; // (P), of the present pass

  TokenGradients(CellKernel kernel, Block weights) {
    int own = kernel.firstRecurrentGate();
    int hidden = weights.rows() / kernel.inputGates();
    vocabulary = weights.columns();
    inputOnly = columns(own * hidden, weights, kernel.inputGate(0) * hidden);
    shared = columns(weights.rows() - own * hidden, weights, kernel.inputGate(own) * hidden);
    slotOfToken = new int[vocabulary];
  }

  private static TokenColumns columns(int rows, Block weights, int firstRow) {
    int columns = weights.columns();
    return new TokenColumns(rows, columns, weights.offset() + firstRow * columns);
  }

  /** Forgets the tokens of the pass before. */
  @Override
  public void start(GradientSum sum) {
    gradient = sum.gradient();
    for (int slot = NONE + 1; slot < slots; slot++) {
      slotOfToken[tokenOfSlot[slot]] = NONE;
    }
    slots = NONE + 1;
  }

  /** Finds the slot of every term of some panels; columns of new tokens are copied out. */
  @Override
  public void select(CellWorkspace s, WindowPanels window, Panels panels, int first, int count) {
    int known = slots;
    int term = 0;
    for (int i = first; i < first + count; i++) {
      int t = window.step(panels.get(i));
      int block = window.block(panels.get(i));
      for (int lane = 0; lane < panels.lanes(i); lane++) {
        int token = BatchTokens.tokenAt(window, block * LANES + lane, t);
        slotOfTerm[term++] = token == Sequence.NO_TOKEN ? NONE : slot(token);
      }
    }
    inputOnly.load(gradient, tokenOfSlot, known, slots);
    shared.load(gradient, tokenOfSlot, known, slots);
  }

  private int slot(int token) {
    if (slotOfToken[token] == NONE) {
      reserve(slots + 1);
      slotOfToken[token] = slots;
      tokenOfSlot[slots++] = token;
    }
    return slotOfToken[token];
  }

  private void reserve(int needed) {
    if (needed > tokenOfSlot.length) {
      int size = Math.min(NONE + 1 + vocabulary, Math.max(64, 2 * needed));
      tokenOfSlot = Arrays.copyOf(tokenOfSlot, size);
      inputOnly.reserve(size);
      shared.reserve(size);
    }
  }

  @Override
  public void add(TransposedPanels dzInputOnly, TransposedPanels dzShared) {
    inputOnly.add(dzInputOnly, slotOfTerm);
    shared.add(dzShared, slotOfTerm);
  }

  /** Copies the columns back. */
  @Override
  public void store(double[] gradient) {
    inputOnly.store(gradient, tokenOfSlot, slots);
    shared.store(gradient, tokenOfSlot, slots);
  }

  @Override
  public long bytes() {
    long numbers = (long) slotOfToken.length + slotOfTerm.length + tokenOfSlot.length;
    return inputOnly.bytes() + shared.bytes() + Integer.BYTES * numbers;
  }
}

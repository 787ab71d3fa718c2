package io.hindsight.datasets.sequences.pieces;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.rows.TaskIterator;
import java.util.Iterator;

/** The sequences of a partition, put together as they are asked for. */
public final class WholeSequences extends TaskIterator<byte[], RawSequence> {
  private final PieceReader reader;
  private final GridRows grid; // null where rows may lie anywhere

  /**
   * Reads them.
   *
   * @param source what stands for the file, which a task does not know
   * @param grid that they are put on; null if on none
   */
  public WholeSequences(Iterator<byte[]> pieces, String source, GridRows grid) {
    super(pieces);
    this.grid = grid;
    reader = new PieceReader(id -> () -> source);
  }

  @Override
  protected void accept(byte[] piece) {
    reader
        .accept(piece)
        .map(PieceReader.Read::sequence)
        .ifPresent(raw -> put(grid == null ? raw : grid.apply(raw)));
  }

  @Override
  protected void end() {}
}

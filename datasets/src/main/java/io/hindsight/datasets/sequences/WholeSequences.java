package io.hindsight.datasets.sequences;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.rows.TaskIterator;
import java.util.Iterator;

/** The sequences of a partition, put together as they are asked for. */
final class WholeSequences extends TaskIterator<byte[], RawSequence> {
  private final PieceReader reader;

  /**
   * Reads them.
   *
   * @param source what stands for the file, which a task does not know
   */
  WholeSequences(Iterator<byte[]> pieces, String source) {
    super(pieces);
    reader = new PieceReader(id -> () -> source);
  }

  @Override
  protected void accept(byte[] piece) {
    reader.accept(piece).ifPresent(read -> put(read.sequence()));
  }

  @Override
  protected void end() {}
}

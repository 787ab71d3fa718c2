package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.TaskIterator;
import io.hindsight.datasets.sequences.pieces.PieceReader;
import io.hindsight.datasets.sequences.pieces.PieceReader.Read;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;

/**
 * Makes something of the sequences of one partition, one after the other.
 *
 * @param source the table, for errors
 * @param grid that sequences are put on before; null if on none
 * @param notes where a task's notes go, after its last sequence
 */
record MappingTask<T>(
    String source, SequenceMapping<T> mapping, GridRows grid, Collected<Notes> notes)
    implements Serializable {
  /** What is made of each sequence; fails at the first that is faulty. */
  Iterator<T> map(Iterator<byte[]> pieces) {
    return new Made(pieces);
  }

  /** The first sequence, in the order of ids, that nothing can be made of. */
  SequenceFindings faults(Iterator<byte[]> pieces) {
    SequenceFindings found = new SequenceFindings();
    PieceReader reader = reader();
    while (pieces.hasNext()) {
      Optional<Read> read = reader.accept(pieces.next());
      try {
        read.ifPresent(whole -> mapping.apply(onGrid(whole), note -> {}));
      } catch (DataException e) {
        found.addFault(read.orElseThrow().sequence().id(), e);
      }
    }
    return found;
  }

  private RawSequence onGrid(Read read) {
    return grid == null ? read.sequence() : grid.apply(read.sequence());
  }

  private PieceReader reader() {
    return new PieceReader(id -> () -> source);
  }

  /** What was made, as it is asked for. */
  private final class Made extends TaskIterator<byte[], T> {
    private final PieceReader reader = reader();
    private final Notes noted = notes.none();

    Made(Iterator<byte[]> pieces) {
      super(pieces);
    }

    @Override
    protected void accept(byte[] piece) {
      reader.accept(piece).ifPresent(read -> put(mapping.apply(onGrid(read), noted::add)));
    }

    @Override
    protected void end() {
      notes.add(noted);
    }
  }
}

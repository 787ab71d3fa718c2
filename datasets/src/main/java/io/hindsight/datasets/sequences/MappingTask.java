package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.sequences.PieceReader.Read;
import io.hindsight.datasets.sequences.SequencePartitions.Mapping;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Makes something of the sequences of one partition, one after the other.
 *
 * @param source the table, for errors
 * @param notes where a task's notes go, after its last sequence
 */
record MappingTask<T>(String source, Mapping<T> mapping, Collected<Notes> notes)
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
        read.ifPresent(whole -> mapping.apply(whole.sequence(), note -> {}));
      } catch (DataException e) {
        found.addFault(read.orElseThrow().sequence().id(), e);
      }
    }
    return found;
  }

  private PieceReader reader() {
    return new PieceReader(id -> () -> source);
  }

  /** What was made, as it is asked for. */
  private final class Made implements Iterator<T> {
    private final Iterator<byte[]> pieces;
    private final PieceReader reader = reader();
    private final Notes noted = notes.none();
    private T next;
    private boolean ended;

    Made(Iterator<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public boolean hasNext() {
      while (next == null && pieces.hasNext()) {
        next = reader.accept(pieces.next()).map(this::make).orElse(null);
      }
      if (next == null && !ended) {
        ended = true;
        notes.add(noted);
      }
      return next != null;
    }

    private T make(Read read) {
      return mapping.apply(read.sequence(), noted::add);
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T made = next;
      next = null;
      return made;
    }
  }
}

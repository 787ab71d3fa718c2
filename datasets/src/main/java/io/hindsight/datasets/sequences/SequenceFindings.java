package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.rows.Findings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.TimeKey;
import java.util.List;

/**
 * The first sequence, in the order of ids, whose rows contradict each other, or which cannot be
 * encoded.
 */
final class SequenceFindings implements Findings<SequenceFindings> {
  private static final long serialVersionUID = 1L;

  private String id; // null if there is none
  private TimeKey twice; // key of the first time that two rows have; null if a value is missing
  private String time;
  private DataException fault; // null if its rows contradict each other

  /**
   * Takes a time that two rows have; of one sequence the earliest time comes first.
   *
   * @param text as one of them writes it; of several spellings the first in order is told
   */
  void addTwice(String sequence, TimeKey key, String text) {
    if (sequence.equals(id) && key.equals(twice)) {
      time = text.compareTo(time) < 0 ? text : time;
    } else {
      add(sequence, key, text, null);
    }
  }

  /** Takes a sequence some of whose rows have no inputs or no targets, after its last row. */
  void addMissing(String sequence) {
    add(sequence, null, null, null);
  }

  /** Takes a sequence that cannot be encoded. */
  void addFault(String sequence, DataException error) {
    add(sequence, null, null, error);
  }

  private void add(String sequence, TimeKey key, String text, DataException error) {
    if (id == null || IdOrder.UTF_8.compare(sequence, id) < 0) {
      id = sequence;
      twice = key;
      time = text;
      fault = error;
    }
  }

  @Override
  public void merge(SequenceFindings other) {
    if (other.id != null) {
      add(other.id, other.twice, other.time, other.fault);
    }
  }

  /**
   * Refuses the sequence that was found, if there is one.
   *
   * @param source what one that cannot be encoded names as its file
   * @param layout of the table
   * @param search tells where its rows stand
   * @throws DataException if there is one
   */
  void requireNone(String source, RowLayout layout, RowSearch search) {
    if (id == null) {
      return;
    }
    if (fault != null) {
      throw fault.at(source, search.file(id));
    }
    if (twice == null) {
      throw search.empty(id);
    }
    List<TablePlace> places = search.at(id, twice);
    throw twice("%s and %s".formatted(places.get(0), places.get(1)), layout);
  }

  /**
   * As the other, in a task that has the rows of whole sequences and nobody to look for more.
   *
   * @throws DataException if there is one
   */
  void requireNone(RowLayout layout) {
    if (id == null) {
      return;
    }
    if (fault != null) {
      throw fault;
    }
    if (twice != null) {
      throw twice(layout.source(), layout);
    }
    throw new DataException(
        "all rows of a sequence must have inputs, or none",
        "some of sequence '%s' without".formatted(id),
        layout.source(),
        "fill in the values or remove the rows");
  }

  private DataException twice(String place, RowLayout layout) {
    return new DataException(
        "a sequence must have one row per time",
        "time %s of sequence '%s' twice".formatted(time, id),
        "%s, column %s".formatted(place, layout.timeName()),
        "remove one of the rows, or name the column that tells sequences apart in data.sequence, or"
            + " use data.duplicates: last or mean");
  }
}

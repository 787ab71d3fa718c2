package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.rows.Findings;

/**
 * The first sequence, in the order of ids, whose rows contradict each other, or which cannot be
 * encoded.
 */
final class SequenceFindings implements Findings<SequenceFindings> {
  private static final long serialVersionUID = 1L;

  private String id; // null if there is none
  private byte[] twice; // key of the first time that two rows have; null if a value is missing
  private String time;
  private DataException fault; // null if its rows contradict each other

  /** Takes a time that two rows have; of one sequence the earliest time comes first. */
  void addTwice(String sequence, byte[] key, String text) {
    add(sequence, key, text, null);
  }

  /** Takes a sequence some of whose rows have no inputs or no targets, after its last row. */
  void addMissing(String sequence) {
    addTwice(sequence, null, null);
  }

  /** Takes a sequence that cannot be encoded. */
  void addFault(String sequence, DataException error) {
    add(sequence, null, null, error);
  }

  private void add(String sequence, byte[] key, String text, DataException error) {
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

  /** Whether there is one. */
  boolean hasFault() {
    return id != null;
  }

  /** The sequence. */
  String id() {
    return id;
  }

  /** Why it cannot be encoded; null if its rows contradict each other. */
  DataException fault() {
    return fault;
  }

  /** The key of the time that two rows have; null if a row lacks its values. */
  byte[] twice() {
    return twice;
  }

  /** That time as it is shown. */
  String time() {
    return time;
  }
}

package io.hindsight.datasets.table;

import io.hindsight.datasets.RawSequence;
import java.util.List;

/** Collects the rows of a table into sequences. */
sealed interface TableLayout permits LongLayout, NestedLayout {
  /** Takes the next row. */
  void accept(Cells row);

  /** The sequences, in the order of their ids, after the last row. */
  List<RawSequence> sequences();

  /** Names of the input features; known after the first row. */
  List<String> features();

  /** Names of the numeric targets; known after the first row, empty for classes. */
  List<String> targets();

  /** Whether each sequence has one label rather than a target per step. */
  boolean labelled();
}

package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.DataException;

/** What is known of a source at the time it was read. */
public sealed interface SourceSnapshot permits SourceFiles, SourceVersion, SourceSnapshot.Unknown {
  /** The source, for people. */
  String source();

  /**
   * Refuses a source that is no longer what it was.
   *
   * @throws DataException naming what has changed
   */
  void requireUnchanged();

  /**
   * A source of which nothing tells whether it has changed: a table of a database, a view of rows.
   *
   * @param source for people
   */
  record Unknown(String source) implements SourceSnapshot {
    @Override
    public void requireUnchanged() {
      // Nothing tells.
    }
  }
}

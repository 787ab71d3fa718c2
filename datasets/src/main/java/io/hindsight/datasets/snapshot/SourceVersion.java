package io.hindsight.datasets.snapshot;

/**
 * A table whose format keeps versions, and the one of them that is read; it never changes.
 *
 * @param source path or name of the table
 * @param format {@code delta} or {@code iceberg}
 * @param version a version's number, or a snapshot's id
 */
public record SourceVersion(String source, String format, String version)
    implements SourceSnapshot {
  @Override
  public void requireUnchanged() {
    // A version that is there is as it was.
  }
}

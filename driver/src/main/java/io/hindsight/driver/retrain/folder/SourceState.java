package io.hindsight.driver.retrain.folder;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.RecordedSource;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.PinnedTable;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.driver.storage.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What a table is read from: its version where it keeps versions, else its files with their lengths
 * and times.
 *
 * @param table with its version named, where it has one, so that all readings see the same rows
 * @param record as {@code source.jsonl} holds it
 * @param sha256 of the record
 */
public record SourceState(TableSpec table, byte[] record, String sha256) {
  public static final String NAME = "source.jsonl";
  private static final int DIGITS = 8;

  /** The present one; needs a session. */
  public static SourceState now(TableSpec table) throws IOException {
    return of(PinnedTable.of(table));
  }

  /**
   * The one of an earlier reading, if it can be read again.
   *
   * @param record of that reading
   */
  public static Optional<SourceState> again(TableSpec table, byte[] record) throws IOException {
    Optional<SourceVersion> version = version(record);
    return version.isPresent()
        ? Optional.of(of(PinnedTable.at(table, version.get())))
        : Optional.empty();
  }

  private static SourceState of(TableSpec pinned) throws IOException {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    RecordedSource.write(new TableReader(pinned, new Reading()).snapshot(), record);
    byte[] bytes = record.toByteArray();
    return new SourceState(pinned, bytes, Hashes.hex(Hashes.newSha256().digest(bytes)));
  }

  private static Optional<SourceVersion> version(byte[] record) throws IOException {
    try (RecordedSource recorded = RecordedSource.open(new ByteArrayInputStream(record))) {
      return recorded.version();
    }
  }

  /** The version of the table, where it keeps versions. */
  public Optional<SourceVersion> version() throws IOException {
    return version(record);
  }

  /** The first digits of the hash, which name the folder of an attempt. */
  public String digits() {
    return sha256.substring(0, DIGITS);
  }

  /**
   * Refuses a source that has changed since.
   *
   * @throws DataException if it has
   */
  public void requireUnchanged() throws IOException {
    if (!of(table).sha256().equals(sha256)) {
      throw new DataException(
          "a table must stay as it is during a retraining",
          "other files, lengths or times than at its beginning",
          table.location().path().orElse(table.location().format()),
          "run the same command again when whoever writes it has ended, or read a format that keeps versions");
    }
  }
}

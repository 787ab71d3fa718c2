package io.hindsight.driver.checkpoint;

import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.RecordedSource;
import io.hindsight.datasets.snapshot.SourceDifference;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.driver.directory.RunDirectory;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run's data was read from, in {@code source.jsonl} of its directory: the files with length
 * and time, or the version of a table. A run that is resumed reads the same version; where its data
 * is other than before, it says what has changed.
 */
public final class SourceRecord {
  private static final Logger LOG = LoggerFactory.getLogger(SourceRecord.class);

  private final RunDirectory directory;

  /** Of the run in a directory. */
  public SourceRecord(RunDirectory directory) {
    this.directory = directory;
  }

  /** Something asked of what was stored. */
  private interface Question<T> {
    T ask(RecordedSource recorded) throws IOException;
  }

  /**
   * The reading of a run that goes on: of the version that it began with, if there is one.
   *
   * @param given the version to read where it had not got that far
   */
  public Reading reading(Optional<SourceVersion> given) {
    return new Reading(ask(RecordedSource::version).orElse(given));
  }

  /** Stores what was read, in the place of what was stored before; durable on return. */
  public void write(SourceSnapshot snapshot) throws IOException {
    directory
        .storage()
        .begin(directory.source(), out -> RecordedSource.write(snapshot, out))
        .close();
  }

  /**
   * Why other data is read now.
   *
   * @param now what was read now; empty if nothing was read but what this program makes
   */
  SourceDifference differenceTo(Optional<SourceSnapshot> now) {
    return now.flatMap(snapshot -> ask(recorded -> recorded.differenceTo(snapshot)))
        .orElseGet(
            () ->
                SourceDifference.unknown(
                    directory.source() + " does not tell what was read before"));
  }

  /** A record that cannot be read decides nothing: the data's fingerprint does. */
  private <T> Optional<T> ask(Question<T> question) {
    try {
      if (directory.storage().exists(directory.source())) {
        try (RecordedSource recorded =
            RecordedSource.open(directory.storage().open(directory.source()))) {
          return Optional.of(question.ask(recorded));
        }
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be read: {}", directory.source(), e.getMessage());
    }
    return Optional.empty();
  }
}

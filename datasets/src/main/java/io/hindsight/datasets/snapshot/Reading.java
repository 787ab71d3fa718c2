package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.DataException;
import java.util.Optional;

/** One reading of a source: which version it is to read, and what it found there. */
public final class Reading {
  private final Optional<SourceVersion> earlier;
  private volatile Optional<SourceSnapshot> snapshot = Optional.empty();

  /** Of the source as it is. */
  public Reading() {
    this(Optional.empty());
  }

  /**
   * Of what an earlier one has read, where its version can be read again.
   *
   * @param earlier the version that it read, if it read one
   */
  public Reading(Optional<SourceVersion> earlier) {
    this.earlier = earlier;
  }

  /** Something that is done with a source, and fails in its own way. */
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /** The version that the same table was read in before, if that is to be read again. */
  public Optional<String> earlier(String source, String format) {
    return earlier
        .filter(version -> version.source().equals(source) && version.format().equals(format))
        .map(SourceVersion::version);
  }

  /** What was read; empty before it, and where nothing outside is read. */
  public Optional<SourceSnapshot> snapshot() {
    return snapshot;
  }

  /**
   * Reads a source that must not change meanwhile. Where reading fails, that it has changed says
   * more than how it failed.
   *
   * @param source as it is before its first byte is read
   * @throws DataException naming what has changed
   */
  public <T, E extends Exception> T of(SourceSnapshot source, Work<T, E> work) throws E {
    snapshot = Optional.of(source);
    T result;
    try {
      result = work.run();
    } catch (Exception failure) {
      explain(source, failure);
      throw failure;
    }
    source.requireUnchanged();
    return result;
  }

  private static void explain(SourceSnapshot source, Exception failure) {
    try {
      source.requireUnchanged();
    } catch (DataException changed) {
      changed.addSuppressed(failure);
      throw changed;
    } catch (RuntimeException unknown) {
      failure.addSuppressed(unknown);
    }
  }
}

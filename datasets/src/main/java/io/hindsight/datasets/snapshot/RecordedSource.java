package io.hindsight.datasets.snapshot;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What was stored of a source as it was once read; its files are read one by one. */
public final class RecordedSource implements Closeable {
  private final BufferedReader lines;
  private final SnapshotLines.Head head;

  private RecordedSource(BufferedReader lines, SnapshotLines.Head head) {
    this.lines = lines;
    this.head = head;
  }

  /** Stores a snapshot, as {@link #open} reads it. */
  public static void write(SourceSnapshot snapshot, OutputStream out) throws IOException {
    SnapshotLines.write(snapshot, out);
  }

  /**
   * Begins to read.
   *
   * @param in is closed with this
   * @throws IOException if it holds no snapshot, or one of another version of the format
   */
  public static RecordedSource open(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try {
      return new RecordedSource(lines, SnapshotLines.head(requireLine(lines.readLine())));
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  private static String requireLine(String line) throws IOException {
    if (line == null) {
      throw new EOFException("it ends before its last file");
    }
    return line;
  }

  /** The version that was read, if the source has versions. */
  public Optional<SourceVersion> version() {
    return head.snapshot() instanceof SourceVersion version
        ? Optional.of(version)
        : Optional.empty();
  }

  /**
   * What differs now, where other values were read; to be asked once.
   *
   * @throws IOException if what was stored is damaged
   */
  public SourceDifference differenceTo(SourceSnapshot now) throws IOException {
    try {
      if (now instanceof SourceFiles files && head.files() > 0) {
        return SourceDifference.ofFiles(FileChanges.between(new Files(), files.iterator()), now);
      }
      return SourceDifference.of(head.snapshot(), now);
    } catch (UncheckedIOException damaged) {
      throw damaged.getCause();
    }
  }

  /** The stored files, each read as it is asked for. */
  private final class Files implements Iterator<SourceFile> {
    private long left = head.files();

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public SourceFile next() {
      if (left-- <= 0) {
        throw new NoSuchElementException();
      }
      try {
        return SnapshotLines.file(requireLine(lines.readLine()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

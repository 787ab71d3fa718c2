package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.files.TextFiles;
import java.time.Instant;
import java.util.Comparator;
import org.apache.hadoop.fs.Path;

/**
 * A file as its file system tells of it.
 *
 * @param folder the URI of its folder
 * @param name its name there
 * @param length in bytes
 * @param modified when it was written, in milliseconds since 1970
 */
record SourceFile(String folder, String name, long length, long modified) {
  /** In which files are written and compared. */
  static final Comparator<SourceFile> ORDER =
      Comparator.comparing(SourceFile::folder).thenComparing(SourceFile::name);

  /**
   * A file.
   *
   * @throws IllegalArgumentException if the URI is none of a file
   */
  static SourceFile of(String uri, long length, long modified) {
    Path path = new Path(uri);
    if (path.getParent() == null) {
      throw new IllegalArgumentException(uri + " is no file");
    }
    return new SourceFile(path.getParent().toString(), path.getName(), length, modified);
  }

  /** Its URI, with characters as they are. */
  String uri() {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /** As people name it. */
  String shown() {
    return TextFiles.name(new Path(uri()));
  }

  /** When it was written, in UTC. */
  Instant time() {
    return Instant.ofEpochMilli(modified);
  }
}

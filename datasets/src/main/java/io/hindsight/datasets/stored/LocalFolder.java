package io.hindsight.datasets.stored;

import io.hindsight.datasets.files.SparkFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of this machine for files that only this process reads.
 *
 * @param encrypted whether nobody else could read them, had they still a name
 */
public record LocalFolder(Path path, boolean encrypted) {
  /** That of the system's temporary files, which are plain. */
  public static LocalFolder temporary() {
    return new LocalFolder(Path.of(System.getProperty("java.io.tmpdir")), false);
  }

  /**
   * A folder where Spark keeps files in this process, encrypted where Spark encrypts its own;
   * without Spark that of the system's temporary files.
   *
   * @param number of the folder, if Spark has several; beyond the last it begins again
   */
  public static LocalFolder ofSpark(int number) {
    return SparkFiles.folder(number)
        .map(path -> new LocalFolder(path, SparkFiles.areEncrypted()))
        .orElseGet(LocalFolder::temporary);
  }

  /**
   * Begins a file.
   *
   * @param what it is, for errors
   */
  public FileBytes.Writer writer(String what) throws IOException {
    return new FileBytes.Writer(what, this);
  }
}

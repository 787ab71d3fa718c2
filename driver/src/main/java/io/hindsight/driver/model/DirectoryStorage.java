package io.hindsight.driver.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * A file system on which a directory of files appears whole or not at all, and is never changed.
 */
sealed interface DirectoryStorage permits LocalStorage, HadoopStorage {
  /** A scheme of two letters or more; one letter is a Windows drive. */
  Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");

  /** The files of a directory that is being written. */
  interface Staging {
    /** A new file, durable once closed. */
    OutputStream create(String name) throws IOException;
  }

  /** Writes all files of a directory. */
  interface Content {
    /** Creates, fills and closes every file. */
    void writeTo(Staging staging) throws IOException;
  }

  /**
   * The storage of a location: this machine's files for a path or a {@code file:} URI, Hadoop's
   * file system for any other URI.
   */
  static DirectoryStorage of(String location, Supplier<Configuration> hadoop) {
    var scheme = SCHEME.matcher(location);
    boolean local = !scheme.matches() || scheme.group(1).equals("file");
    return local ? new LocalStorage() : new HadoopStorage(hadoop.get());
  }

  /** Whether anything is there. */
  boolean exists(String directory) throws IOException;

  /** The names in a directory, sorted, without checksum files; empty if it does not exist. */
  List<String> list(String directory) throws IOException;

  /** Length of a file in bytes. */
  long length(String directory, String name) throws IOException;

  /** A file's content from its beginning. */
  InputStream open(String directory, String name) throws IOException;

  /**
   * Writes a directory under a temporary name beside its own, and renames it when it is complete.
   *
   * @throws ModelException if something is there already
   */
  void publish(String directory, Content content) throws IOException;

  /** Deletes a directory, its manifest first; nothing happens if it is not there. */
  void delete(String directory) throws IOException;
}

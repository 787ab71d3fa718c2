package io.hindsight.driver.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * A file system on which a directory of files appears whole or not at all, and is never changed.
 *
 * <p>There are three kinds, told apart by the scheme of a location. A path or {@code file:} is this
 * machine's disk: write, force, rename, force the folder. {@code hdfs}, {@code viewfs} and {@code
 * webhdfs} rename a directory in one step and refuse an existing target: sync every file, rename.
 * Anywhere else a rename may be a copy: the files are written where they belong, and the last one,
 * {@value #COMMIT}, is created only if there is none.
 *
 * <p>Locations are paths of this machine or URIs, joined with {@code /}. Every method tells a full
 * disk and an unreachable file system as a {@link StorageException}; a scheme that no file system
 * has is Hadoop's {@code UnsupportedFileSystemException}.
 */
public sealed interface Storage permits LocalStorage, HadoopStorage, FencedStorage {
  /** The file of a directory that is written last: without it the directory is not complete. */
  String COMMIT = "MANIFEST.json";

  /** How the names begin that files and directories have until they are complete. */
  String TEMPORARY = ".tmp-";

  /** A scheme of two letters or more; one letter is a Windows drive. */
  Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");

  /** Schemes on which a directory is renamed in one step, never over another. */
  Set<String> RENAMING = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs");

  /** The content of one file. */
  interface FileContent {
    /** Writes the content; the stream is not closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A directory that is being written. */
  interface Staging {
    /**
     * Writes a file; it is durable on return.
     *
     * @param name bare, not {@link #COMMIT}; or with a folder of the directory before it, such as
     *     {@code model/weights.safetensors}
     * @return what was written
     */
    FileDigest write(String name, FileContent content) throws IOException;
  }

  /** Writes the files of a directory in an order that depends on nothing but their names. */
  interface DirectoryContent {
    /**
     * Writes every file but the last.
     *
     * @return the content of {@link #COMMIT}
     */
    byte[] writeTo(Staging staging) throws IOException;
  }

  /**
   * What a file came to.
   *
   * @param length in bytes
   * @param sha256 64 lower-case hexadecimal digits
   */
  record FileDigest(long length, String sha256) {}

  /** A file that is read from any place; safe from several threads at once. */
  interface RandomFile extends Closeable {
    /** Bytes of the file. */
    long length() throws IOException;

    /**
     * Reads bytes from a place on, all of them.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void readFully(long place, byte[] values) throws IOException;
  }

  /** What content comes to, without writing it anywhere. */
  static FileDigest measure(FileContent content) throws IOException {
    MeasuredOutput measured = new MeasuredOutput(OutputStream.nullOutputStream());
    content.writeTo(measured);
    return measured.written();
  }

  /**
   * The storage of a location.
   *
   * @param hadoop asked only if the location is not on this machine
   */
  static Storage of(String location, Supplier<Configuration> hadoop) {
    if (isLocal(location)) {
      return new LocalStorage();
    }
    return RENAMING.contains(scheme(location))
        ? new HdfsStorage(hadoop.get())
        : new ObjectStorage(hadoop.get());
  }

  /** Whether a location is a path or {@code file:} URI of this machine. */
  static boolean isLocal(String location) {
    return scheme(location).equals("file");
  }

  private static String scheme(String location) {
    var scheme = SCHEME.matcher(location);
    return scheme.matches() ? scheme.group(1) : "file";
  }

  /** Whether a file or directory is there. */
  boolean exists(String location) throws IOException;

  /** The names in a directory, sorted, without checksum files; empty if it does not exist. */
  List<String> list(String directory) throws IOException;

  /** Length of a file in bytes. */
  long length(String file) throws IOException;

  /** A file's content from its beginning. */
  InputStream open(String file) throws IOException;

  /** The whole content of a small file. */
  default byte[] read(String file) throws IOException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
  }

  /** A file to be read from any place. */
  RandomFile openRandom(String file) throws IOException;

  /** Creates a directory and its parents where they are missing. */
  void createDirectory(String directory) throws IOException;

  /**
   * Creates a small file if there is none of its name: of several that try at once, one succeeds. A
   * writer that is killed may leave it empty, or a part of it.
   *
   * <p>This machine's disk and HDFS promise that; so do object stores that check a condition as an
   * object appears (S3A of Hadoop 3.4.2 and later, Azure, Google). Where one does not, two that
   * begin in the same instant may both succeed, and the content is the later one's.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  void create(String file, byte[] content) throws IOException;

  /** Puts a small file in the place of another, or of none, in one step. */
  default void replace(String file, byte[] content) throws IOException {
    replace(file, out -> out.write(content));
  }

  /**
   * The same of any size; durable on return.
   *
   * @return what was written
   */
  FileDigest replace(String file, FileContent content) throws IOException;

  /**
   * Begins a file that grows by lines, in the place of an older one.
   *
   * @param content its first lines, which may be read from the older one; durable on return
   */
  LineFile begin(String file, FileContent content) throws IOException;

  /** All lines of a file that grows by lines, also where its writer was killed. */
  default InputStream openLines(String file) throws IOException {
    return open(file);
  }

  /**
   * Writes a directory, which is complete on return.
   *
   * @throws java.nio.file.FileAlreadyExistsException if a complete one is there already, or another
   *     writer was faster
   */
  void publish(String directory, DirectoryContent content) throws IOException;

  /**
   * Deletes a file, or a directory with {@link #COMMIT} first; nothing happens if none is there.
   */
  void delete(String location) throws IOException;

  /** Deletes what killed writers left in a directory under temporary names. */
  default void deleteTemporaries(String directory) throws IOException {
    for (String name : list(directory)) {
      if (name.startsWith(TEMPORARY)) {
        delete(directory + "/" + name);
      }
    }
  }
}

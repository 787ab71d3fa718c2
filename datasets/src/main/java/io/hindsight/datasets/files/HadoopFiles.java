package io.hindsight.datasets.files;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Hadoop's file systems. It knows the schemes of many whose classes come in a package of their own,
 * such as S3's; without that it fails as if something were broken.
 */
public final class HadoopFiles {
  /** What to do about a file system that is not known. */
  public static final String REMEDY =
      "correct the scheme, or add the file system's package with --conf spark.jars.packages=";

  /** The same, and what is wrong, for whoever names the place before it. */
  public static final String UNKNOWN =
      "no file system of this scheme is known; correct it, or add its package with --conf spark.jars.packages=";

  private HadoopFiles() {}

  /**
   * The file system of a path.
   *
   * @throws UnsupportedFileSystemException if there is none for its scheme, or its classes are
   *     missing
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    try {
      return path.getFileSystem(configuration);
    } catch (RuntimeException | LinkageError e) {
      if (isUnknown(e)) {
        UnsupportedFileSystemException unknown =
            new UnsupportedFileSystemException(
                "No FileSystem for scheme \"%s\": %s"
                    .formatted(path.toUri().getScheme(), missing(e)));
        unknown.initCause(e);
        throw unknown;
      }
      throw e;
    }
  }

  /** Whether an error says that Hadoop has no file system of a scheme, or lacks its classes. */
  public static boolean isUnknown(Throwable error) {
    return error instanceof UnsupportedFileSystemException
        || (error instanceof LinkageError || error.getCause() instanceof ClassNotFoundException)
            && Arrays.stream(error.getStackTrace())
                .anyMatch(call -> call.getClassName().equals(FileSystem.class.getName()));
  }

  private static String missing(Throwable error) {
    Throwable innermost = error;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage());
  }
}

package io.hindsight.driver.storage;

import io.hindsight.driver.storage.Storage.FileContent;
import io.hindsight.driver.storage.Storage.FileDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * An object of a store, created on the condition that there is none of its name.
 *
 * <p>A store that has the path capability {@value
 * CreateFileOptionKeys#FS_OPTION_CREATE_CONDITIONAL_OVERWRITE} checks it as the object appears (S3A
 * of Hadoop 3.4.2 and later); the create without overwrite of the others must do, which Azure and
 * Google check in the store too.
 */
final class NewObject {
  private NewObject() {}

  /** As {@link #create}; one that has this very content by now is taken as written. */
  static FileDigest createOrFind(FileSystem files, Path path, FileContent content)
      throws IOException {
    try {
      return create(files, path, content);
    } catch (FileAlreadyExistsException taken) {
      FileDigest mine = Storage.measure(content);
      if (!mine.equals(measure(files, path))) {
        throw taken;
      }
      return mine;
    }
  }

  /**
   * Creates an object if there is none; a store tells so as it is opened or as it is closed.
   *
   * @return what was written
   * @throws FileAlreadyExistsException if there is one
   */
  static FileDigest create(FileSystem files, Path path, FileContent content) throws IOException {
    try {
      FSDataOutputStream out = builder(files, path).build();
      MeasuredOutput measured = new MeasuredOutput(out);
      try {
        content.writeTo(measured);
      } catch (IOException | RuntimeException e) {
        abandon(out, e);
        throw e;
      }
      out.close();
      return measured.written();
    } catch (IOException e) {
      // Stores name the conflict by exceptions of their own.
      if (files.exists(path)) {
        FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
        taken.initCause(e);
        throw taken;
      }
      throw e;
    }
  }

  private static FSDataOutputStreamBuilder<?, ?> builder(FileSystem files, Path path)
      throws IOException {
    String condition = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
    builder.create().overwrite(false).recursive();
    if (files.hasPathCapability(path, condition)) {
      builder.must(condition, true);
    }
    return builder;
  }

  /** Without an abort the part that was written appears, and is refused for what it is. */
  static void abandon(FSDataOutputStream out, Exception failure) {
    if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      Closing.closeAfter(failure, out::abort);
    } else {
      Closing.closeAfter(failure, out);
    }
  }

  private static FileDigest measure(FileSystem files, Path path) throws IOException {
    MessageDigest digest = Hashes.newSha256();
    try (InputStream in = new DigestInputStream(files.open(path), digest)) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new FileDigest(length, Hashes.hex(digest.digest()));
    }
  }
}

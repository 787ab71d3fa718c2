package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Object stores, where a rename is a copy: files are written where they belong, {@link #COMMIT}
 * last, and none is ever overwritten.
 *
 * <p>Every file is created on the condition that there is none of its name. A store that has the
 * path capability {@value CreateFileOptionKeys#FS_OPTION_CREATE_CONDITIONAL_OVERWRITE} checks it as
 * the file appears (S3A of Hadoop 3.4.2 and later); the create without overwrite of the others must
 * do, which Azure and Google check in the store too.
 *
 * <p>So of two writers of the same directory the one whose first file appears first goes on, and
 * the other stops. A file that is there with the very content it was to have is taken as written: a
 * writer that was killed can be followed by one that writes the same. Whoever is to write something
 * else there deletes first what the killed one left.
 */
public final class ObjectStorage extends HadoopStorage {
  /** With the settings of Hadoop. */
  public ObjectStorage(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void create(String file, byte[] content) throws IOException {
    at(file, (files, path) -> create(files, path, out -> out.write(content)));
  }

  /** The upload of an object replaces another in one step. */
  @Override
  public void replace(String file, byte[] content) throws IOException {
    replace(file, out -> out.write(content));
  }

  /** As {@link #replace(String, byte[])}, of any size. */
  void replace(String file, FileContent content) throws IOException {
    at(
        file,
        (files, path) -> {
          FSDataOutputStream out = files.create(path, true);
          try {
            content.writeTo(out);
          } catch (IOException | RuntimeException e) {
            abandon(out, e);
            throw e;
          }
          out.close();
          return path;
        });
  }

  @Override
  public LineFile begin(String file, FileContent content) throws IOException {
    return ObjectLines.begin(this, file, content);
  }

  @Override
  public InputStream openLines(String file) throws IOException {
    return new ObjectParts(this, file).open();
  }

  @Override
  public void publish(String directory, Content content) throws IOException {
    at(
        directory,
        (files, target) -> {
          Path last = new Path(target, COMMIT);
          if (files.exists(last)) {
            throw new FileAlreadyExistsException(directory);
          }
          byte[] commit =
              content.writeTo((name, file) -> writeOnce(files, new Path(target, name), file));
          create(files, last, out -> out.write(commit));
          return target;
        });
  }

  private static Written writeOnce(FileSystem files, Path path, FileContent content)
      throws IOException {
    try {
      return create(files, path, content);
    } catch (FileAlreadyExistsException taken) {
      Written mine = measure(content);
      if (!mine.equals(measure(files, path))) {
        throw taken;
      }
      return mine;
    }
  }

  /** Creates a file if there is none; a store tells so as it is opened or as it is closed. */
  private static Written create(FileSystem files, Path path, FileContent content)
      throws IOException {
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
  private static void abandon(FSDataOutputStream out, Exception failure) {
    if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      Closing.closeAfter(failure, out::abort);
    } else {
      Closing.closeAfter(failure, out);
    }
  }

  private static Written measure(FileContent content) throws IOException {
    MeasuredOutput measured = new MeasuredOutput(OutputStream.nullOutputStream());
    content.writeTo(measured);
    return measured.written();
  }

  private static Written measure(FileSystem files, Path path) throws IOException {
    MessageDigest digest = Hashes.newSha256();
    try (InputStream in = new DigestInputStream(files.open(path), digest)) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new Written(length, Hashes.hex(digest.digest()));
    }
  }
}

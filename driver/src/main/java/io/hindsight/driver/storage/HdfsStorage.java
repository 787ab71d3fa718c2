package io.hindsight.driver.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * HDFS and what behaves like it. Files are written under a temporary name beside the directory's
 * own, synced to the disks of the data nodes, and renamed in one step, which fails if something is
 * there.
 */
public final class HdfsStorage extends HadoopStorage {
  /** With the settings of Hadoop. */
  public HdfsStorage(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void create(String file, byte[] content) throws IOException {
    at(
        file,
        (files, path) -> {
          FSDataOutputStream out = createNew(files, path);
          try {
            Closing.afterWriting(
                out,
                stream -> {
                  stream.write(content);
                  out.hsync();
                });
          } catch (IOException | RuntimeException e) {
            discard(files, path, e);
            throw e;
          }
          return path;
        });
  }

  /** HDFS tells in several ways that there is a file, also of one that is being written. */
  private static FSDataOutputStream createNew(FileSystem files, Path path) throws IOException {
    try {
      return files.create(path, false);
    } catch (IOException e) {
      if (!files.exists(path)) {
        throw e;
      }
      FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
      taken.initCause(e);
      throw taken;
    }
  }

  @Override
  public FileDigest replace(String file, FileContent content) throws IOException {
    FileDigest[] written = new FileDigest[1];
    begin(
            file,
            out -> {
              MeasuredOutput measured = new MeasuredOutput(out);
              content.writeTo(measured);
              written[0] = measured.written();
            })
        .close();
    return written[0];
  }

  /** The stream stays open over the rename: HDFS knows an open file by its number, not its name. */
  @Override
  public LineFile begin(String file, FileContent content) throws IOException {
    return at(
        file,
        (files, path) -> {
          Path temporary = temporary(path);
          FSDataOutputStream out = files.create(temporary, false);
          try {
            content.writeTo(out);
            out.hsync();
            FileContext.getFileContext(path.toUri(), files.getConf())
                .rename(temporary, path, Options.Rename.OVERWRITE);
            return new HdfsLines(file, out);
          } catch (IOException | RuntimeException e) {
            Closing.closeAfter(e, out);
            discard(files, temporary, e);
            throw e;
          }
        });
  }

  @Override
  public void publish(String directory, DirectoryContent content) throws IOException {
    at(
        directory,
        (files, target) -> {
          if (files.exists(target)) {
            throw new FileAlreadyExistsException(directory);
          }
          Path temporary = temporary(target);
          files.mkdirs(temporary);
          try {
            byte[] commit =
                content.writeTo((name, file) -> write(files, new Path(temporary, name), file));
            write(files, new Path(temporary, COMMIT), out -> out.write(commit));
            NewName.give(files, temporary, target);
          } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            discard(files, temporary, e);
            throw new FileAlreadyExistsException(directory);
          } catch (IOException | RuntimeException e) {
            discard(files, temporary, e);
            throw e;
          }
          return target;
        });
  }

  private static Path temporary(Path target) {
    return new Path(target.getParent(), TEMPORARY + target.getName() + UUID.randomUUID());
  }

  /** Deletes what a failed writer has written; what stays is deleted by the next one. */
  private static void discard(FileSystem files, Path temporary, Exception failure) {
    try {
      files.delete(temporary, true);
    } catch (IOException | RuntimeException e) {
      Closing.add(failure, e);
    }
  }

  /** Asks the data nodes to sync before the file is closed, where they can. */
  private static FileDigest write(FileSystem files, Path path, FileContent content)
      throws IOException {
    FSDataOutputStream out = files.create(path, false);
    MeasuredOutput measured = new MeasuredOutput(out);
    Closing.afterWriting(
        measured,
        stream -> {
          content.writeTo(stream);
          if (out.hasCapability(StreamCapabilities.HSYNC)) {
            out.hsync();
          }
        });
    return measured.written();
  }
}

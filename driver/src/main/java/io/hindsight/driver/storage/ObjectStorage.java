package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Object stores, where a rename is a copy: files are written where they belong, {@link #COMMIT}
 * last, and none is ever overwritten.
 *
 * <p>Every file is created on the condition that there is none of its name, see {@link NewObject}.
 * So of two writers of the same directory the one whose first file appears first goes on, and the
 * other stops. A file that is there with the very content it was to have is taken as written: a
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
    at(file, (files, path) -> NewObject.create(files, path, out -> out.write(content)));
  }

  /** The upload of an object replaces another in one step. */
  @Override
  public FileDigest replace(String file, FileContent content) throws IOException {
    return at(
        file,
        (files, path) -> {
          FSDataOutputStream out = files.create(path, true);
          MeasuredOutput measured = new MeasuredOutput(out);
          try {
            content.writeTo(measured);
          } catch (IOException | RuntimeException e) {
            NewObject.abandon(out, e);
            throw e;
          }
          out.close();
          return measured.written();
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
  public void publish(String directory, DirectoryContent content) throws IOException {
    at(
        directory,
        (files, target) -> {
          Path last = new Path(target, COMMIT);
          if (files.exists(last)) {
            throw new FileAlreadyExistsException(directory);
          }
          byte[] commit =
              content.writeTo(
                  (name, file) -> NewObject.createOrFind(files, new Path(target, name), file));
          NewObject.create(files, last, out -> out.write(commit));
          return target;
        });
  }
}

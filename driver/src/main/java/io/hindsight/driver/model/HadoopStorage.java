package io.hindsight.driver.model;

import io.hindsight.driver.model.ModelException.Kind;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Any file system of Hadoop. On HDFS the rename is atomic and refuses an existing target; on object
 * stores it copies file by file, and the manifest decides whether a directory is complete.
 */
final class HadoopStorage implements DirectoryStorage {
  private final Configuration configuration;

  HadoopStorage(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public boolean exists(String directory) throws IOException {
    Path path = new Path(directory);
    return system(path).exists(path);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    Path path = new Path(directory);
    List<String> names = new ArrayList<>();
    if (system(path).exists(path)) {
      for (FileStatus file : system(path).listStatus(path)) {
        names.add(file.getPath().getName());
      }
    }
    return names.stream().sorted().toList();
  }

  @Override
  public long length(String directory, String name) throws IOException {
    Path path = new Path(directory, name);
    return system(path).getFileStatus(path).getLen();
  }

  @Override
  public InputStream open(String directory, String name) throws IOException {
    Path path = new Path(directory, name);
    return system(path).open(path);
  }

  @Override
  public void publish(String directory, Content content) throws IOException {
    Path target = new Path(directory);
    FileSystem files = system(target);
    if (files.exists(target)) {
      throw alreadyThere(target);
    }
    String name = LocalStorage.TEMPORARY + target.getName() + UUID.randomUUID();
    Path temporary = new Path(target.getParent(), name);
    files.mkdirs(temporary);
    try {
      content.writeTo(file -> durable(files.create(new Path(temporary, file), false)));
      NewName.give(files, files.makeQualified(temporary), files.makeQualified(target));
    } catch (FileAlreadyExistsException e) {
      files.delete(temporary, true);
      throw alreadyThere(target);
    } catch (IOException | RuntimeException e) {
      files.delete(temporary, true);
      throw e;
    }
  }

  private static ModelException alreadyThere(Path target) {
    return new ModelException(Kind.EXISTS, target + " exists already and is never overwritten");
  }

  /** Asks the data nodes to sync before the file is closed, where they can. */
  private static OutputStream durable(FSDataOutputStream file) {
    return new FilterOutputStream(file) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() throws IOException {
        try (file) {
          if (file.hasCapability(StreamCapabilities.HSYNC)) {
            file.hsync();
          }
        }
      }
    };
  }

  @Override
  public void delete(String directory) throws IOException {
    Path path = new Path(directory);
    system(path).delete(new Path(path, Manifest.NAME), false);
    system(path).delete(path, true);
  }

  private FileSystem system(Path path) throws IOException {
    return path.getFileSystem(configuration);
  }
}

package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What all file systems of Hadoop have in common: everything but the way to write. */
public abstract sealed class HadoopStorage implements Storage permits HdfsStorage, ObjectStorage {
  private final Configuration configuration;

  HadoopStorage(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Something done with the file system of a path. */
  interface Action<T> {
    T with(FileSystem files, Path path) throws IOException;
  }

  /** Does something at a location, and explains its failure. */
  final <T> T at(String location, Action<T> action) throws IOException {
    try {
      Path path = new Path(location);
      FileSystem files = HadoopSystems.of(path, configuration);
      return action.with(files, files.makeQualified(path));
    } catch (UncheckedIOException e) {
      throw StorageException.explain(location, e.getCause());
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw StorageException.explain(location, unknown);
      }
      throw e;
    } catch (IOException e) {
      throw StorageException.explain(location, e);
    }
  }

  @Override
  public boolean exists(String location) throws IOException {
    return at(location, FileSystem::exists);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return at(
        directory,
        (files, path) -> {
          List<String> names = new ArrayList<>();
          if (files.exists(path)) {
            for (FileStatus file : files.listStatus(path)) {
              names.add(file.getPath().getName());
            }
          }
          return names.stream().sorted().toList();
        });
  }

  @Override
  public long length(String file) throws IOException {
    return at(file, (files, path) -> files.getFileStatus(path).getLen());
  }

  @Override
  public InputStream open(String file) throws IOException {
    return at(file, FileSystem::open);
  }

  @Override
  public RandomFile openRandom(String file) throws IOException {
    return at(
        file,
        (files, path) -> new OpenFile(file, files.getFileStatus(path).getLen(), files.open(path)));
  }

  /** Reads at a place do not move the stream, so several threads can share it. */
  private record OpenFile(String file, long length, FSDataInputStream in) implements RandomFile {
    @Override
    public void readFully(long place, byte[] values) throws IOException {
      try {
        in.readFully(place, values);
      } catch (IOException e) {
        throw StorageException.explain(file, e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Override
  public void createDirectory(String directory) throws IOException {
    at(directory, FileSystem::mkdirs);
  }

  @Override
  public void delete(String location) throws IOException {
    at(
        location,
        (files, path) -> {
          if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
            files.delete(new Path(path, COMMIT), false);
          }
          return files.delete(path, true);
        });
  }
}

package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Storage that asks a {@link Fence} right before everything it changes: a directory that is
 * published, both before its first file and before it appears. What it reads it reads freely.
 */
public final class FencedStorage implements Storage {
  private final Storage inner;
  private final Fence fence;

  /** The given storage behind a fence. */
  public FencedStorage(Storage inner, Fence fence) {
    this.inner = inner;
    this.fence = fence;
  }

  @Override
  public boolean exists(String location) throws IOException {
    return inner.exists(location);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return inner.list(directory);
  }

  @Override
  public long length(String file) throws IOException {
    return inner.length(file);
  }

  @Override
  public InputStream open(String file) throws IOException {
    return inner.open(file);
  }

  @Override
  public InputStream openLines(String file) throws IOException {
    return inner.openLines(file);
  }

  @Override
  public RandomFile openRandom(String file) throws IOException {
    return inner.openRandom(file);
  }

  @Override
  public void createDirectory(String directory) throws IOException {
    fence.require();
    inner.createDirectory(directory);
  }

  @Override
  public void create(String file, byte[] content) throws IOException {
    fence.require();
    inner.create(file, content);
  }

  @Override
  public FileDigest replace(String file, FileContent content) throws IOException {
    fence.require();
    return inner.replace(file, content);
  }

  @Override
  public LineFile begin(String file, FileContent content) throws IOException {
    fence.require();
    return new FencedLines(inner.begin(file, content), fence);
  }

  @Override
  public void publish(String directory, DirectoryContent content) throws IOException {
    fence.require();
    inner.publish(
        directory,
        staging -> {
          byte[] commit = content.writeTo(staging);
          fence.require();
          return commit;
        });
  }

  @Override
  public void delete(String location) throws IOException {
    fence.require();
    inner.delete(location);
  }
}

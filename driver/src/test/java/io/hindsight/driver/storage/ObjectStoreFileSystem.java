package io.hindsight.driver.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A bucket in memory as object stores are: keys without directories, objects that appear when they
 * are closed, creation on the condition that there is none, no rename, no append.
 */
public final class ObjectStoreFileSystem extends FileSystem {
  /** The scheme of its URIs. */
  public static final String SCHEME = "bucket";

  private static final String CONDITION =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
  private static final ConcurrentMap<String, NavigableMap<String, byte[]>> BUCKETS =
      new ConcurrentHashMap<>();

  private static final AtomicLong BYTES = new AtomicLong();
  private static final AtomicLong READ = new AtomicLong();
  private static final ThreadLocal<Integer> CHANGES_LEFT =
      ThreadLocal.withInitial(() -> Integer.MAX_VALUE);

  private URI uri;
  private NavigableMap<String, byte[]> objects;

  /** A configuration that knows the scheme. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs." + SCHEME + ".impl", ObjectStoreFileSystem.class.getName());
    return configuration;
  }

  /** Bytes of all objects ever put, in all buckets. */
  public static long bytesPut() {
    return BYTES.get();
  }

  /** Bytes ever read of any object. */
  public static long bytesRead() {
    return READ.get();
  }

  /** Lets this thread make so many changes more, and none after them. */
  public static void failAfter(int changes) {
    CHANGES_LEFT.set(changes);
  }

  private static void countChange(Path path) throws IOException {
    int left = CHANGES_LEFT.get();
    if (left == 0) {
      throw new IOException("no further change, such as of " + path);
    }
    CHANGES_LEFT.set(left == Integer.MAX_VALUE ? left : left - 1);
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    setConf(configuration);
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    objects = BUCKETS.computeIfAbsent(name.getAuthority(), unused -> new ConcurrentSkipListMap<>());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(CONDITION) || super.hasPathCapability(path, capability);
  }

  private static String key(Path path) {
    return path.toUri().getPath();
  }

  private static String prefix(Path path) {
    return key(path).endsWith("/") ? key(path) : key(path) + "/";
  }

  private NavigableMap<String, byte[]> under(Path path) {
    return objects.subMap(prefix(path), true, prefix(path) + Character.MAX_VALUE, false);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    getFileStatus(path);
    byte[] object = objects.get(key(path));
    if (object == null) {
      throw new FileNotFoundException(path + " is a directory");
    }
    return new FSDataInputStream(new ObjectInput(object));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (!overwrite && objects.containsKey(key(path))) {
      throw new FileAlreadyExistsException(path + " exists");
    }
    return new FSDataOutputStream(new ObjectOutput(path, false), null);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Builder(this, path);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("an object cannot grow");
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("an object has no other name");
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    countChange(path);
    boolean deleted = objects.remove(key(path)) != null;
    if (recursive) {
      deleted |= !under(path).isEmpty();
      under(path).clear();
    }
    return deleted;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    getFileStatus(path);
    Set<String> names = new TreeSet<>();
    for (String key : under(path).keySet()) {
      names.add(key.substring(prefix(path).length()).replaceFirst("/.*", ""));
    }
    List<FileStatus> statuses = new ArrayList<>();
    for (String name : names) {
      try {
        statuses.add(getFileStatus(new Path(path, name)));
      } catch (FileNotFoundException deletedMeanwhile) {
        // A store's own list is of one moment.
      }
    }
    return statuses.toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    byte[] object = objects.get(key(path));
    if (object == null && under(path).isEmpty()) {
      throw new FileNotFoundException(path + " is not there");
    }
    long length = object == null ? 0 : object.length;
    return new FileStatus(length, object == null, 1, 1, 0, makeQualified(path));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    return true;
  }

  @Override
  public void setWorkingDirectory(Path path) {}

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri + "/");
  }

  private static final class Builder
      extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
    private final ObjectStoreFileSystem store;

    Builder(ObjectStoreFileSystem store, Path path) {
      super(store, path);
      this.store = store;
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      rejectUnknownMandatoryKeys(Set.of(CONDITION), "for " + getPath());
      if (getOptions().getBoolean(CONDITION, false)) {
        return new FSDataOutputStream(store.new ObjectOutput(getPath(), true), null);
      }
      return store.create(getPath(), getFlags().contains(CreateFlag.OVERWRITE));
    }
  }

  /** Appears as it is closed. */
  private final class ObjectOutput extends ByteArrayOutputStream
      implements Abortable, StreamCapabilities {
    private final Path path;
    private final boolean onlyIfNone;
    private boolean closed;

    ObjectOutput(Path path, boolean onlyIfNone) {
      this.path = path;
      this.onlyIfNone = onlyIfNone;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      countChange(path);
      BYTES.addAndGet(size());
      if (!onlyIfNone) {
        objects.put(key(path), toByteArray());
      } else if (objects.putIfAbsent(key(path), toByteArray()) != null) {
        throw new PathIOException(path.toString(), "412 Precondition Failed");
      }
    }

    @Override
    public AbortableResult abort() {
      boolean already = closed;
      closed = true;
      return new AbortableResult() {
        @Override
        public boolean alreadyClosed() {
          return already;
        }

        @Override
        public IOException anyCleanupException() {
          return null;
        }
      };
    }

    @Override
    public boolean hasCapability(String capability) {
      return capability.equals(StreamCapabilities.ABORTABLE_STREAM);
    }
  }

  private static final class ObjectInput extends FSInputStream {
    private final byte[] object;
    private ByteArrayInputStream in;
    private long position;

    ObjectInput(byte[] object) {
      this.object = object;
      in = new ByteArrayInputStream(object);
    }

    @Override
    public int read() {
      int value = in.read();
      position += value < 0 ? 0 : 1;
      READ.addAndGet(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int from, int count) {
      int got = in.read(buffer, from, count);
      position += Math.max(0, got);
      READ.addAndGet(Math.max(0, got));
      return got;
    }

    @Override
    public void seek(long target) {
      position = target;
      in = new ByteArrayInputStream(object, (int) target, object.length - (int) target);
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }
  }
}

package io.hindsight.submit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk as a file system that renames, which ends its process at a chosen change: before a
 * file is made, when half of the bytes of a write are written, before it is closed, before and
 * after a rename, before a deletion. What the process had in its own memory is lost, as by {@code
 * kill -9}.
 */
public final class HaltingFileSystem extends RawLocalFileSystem {
  /** The scheme of its URIs: one of those that rename. */
  static final String SCHEME = "swebhdfs";

  private static final URI ROOT = URI.create(SCHEME + "://halting");
  private static final int KILLED = 137;
  private static final long HALT_AT = Long.getLong("hindsight.halt-at", 0);
  private static final java.nio.file.Path CHANGES =
      java.nio.file.Path.of(System.getProperty("hindsight.changes", "changes.log"));
  private static long changes;

  /** The URI of a local folder. */
  static String uri(java.nio.file.Path folder) {
    return ROOT + folder.toString();
  }

  /**
   * Java's options for a process that has this file system.
   *
   * @param log gets a line for each change
   * @param haltAt the change that it ends at, from 1 on; 0 for none
   */
  static List<String> options(java.nio.file.Path log, long haltAt) {
    List<String> options = new ArrayList<>();
    settings().forEach(setting -> options.add("-D" + setting));
    options.addAll(List.of("-Dhindsight.changes=" + log, "-Dhindsight.halt-at=" + haltAt));
    return options;
  }

  /** Spark's settings for a process that has this file system: {@code KEY=VALUE}. */
  static List<String> settings() {
    return List.of(
        "spark.hadoop.fs.%s.impl=%s".formatted(SCHEME, HaltingFileSystem.class.getName()),
        "spark.hadoop.fs.AbstractFileSystem.%s.impl=%s".formatted(SCHEME, Context.class.getName()));
  }

  /** Makes a jar of it in a folder. */
  static java.nio.file.Path jar(java.nio.file.Path folder) throws IOException {
    java.nio.file.Path jar = folder.resolve("halting.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> each : List.of(HaltingFileSystem.class, HaltingStream.class, Context.class)) {
        String name = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = each.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }

  /** Whether this is the change to end at, which the caller then does half of. */
  private static synchronized boolean isLast(String change) {
    try {
      Files.write(
          CHANGES,
          (change + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ++changes == HALT_AT;
  }

  private static void change(String change) {
    if (isLast(change)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change("create " + file);
    OutputStream out =
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new HaltingStream(out, file), statistics);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change("delete " + path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    change("mkdirs " + path);
    return super.mkdirs(path);
  }

  /** Its bytes are on the disk as soon as they are written. */
  private static final class HaltingStream extends FilterOutputStream {
    private final Path file;

    HaltingStream(OutputStream out, Path file) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      boolean last = isLast("write " + file);
      out.write(bytes, from, last ? length / 2 : length);
      out.flush();
      if (last) {
        Runtime.getRuntime().halt(KILLED);
      }
    }

    @Override
    public void close() throws IOException {
      change("close " + file);
      super.close();
    }
  }

  /** Its renames, which replace in one step as those of HDFS do. */
  public static final class Context extends DelegateToFileSystem {
    /** As Hadoop makes it. */
    public Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new HaltingFileSystem(), configuration, SCHEME, false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      java.nio.file.Path target = java.nio.file.Path.of(to.toUri().getPath());
      change("rename to " + to);
      if (!overwrite && Files.exists(target)) {
        throw new FileAlreadyExistsException(to + " exists");
      }
      Files.move(
          java.nio.file.Path.of(from.toUri().getPath()),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      change("renamed to " + to);
    }
  }
}

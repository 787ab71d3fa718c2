package io.hindsight.driver.storage;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writing to this machine's disk so that a power cut leaves the old state or the new one. */
public final class DurableFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);

  private DurableFiles() {}

  /**
   * A new file that is forced to the disk when it is closed.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
   */
  public static OutputStream create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new FilterOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() throws IOException {
        if (!channel.isOpen()) {
          return;
        }
        try (channel) {
          flush();
          channel.force(true);
        }
      }
    };
  }

  /** Puts a file in the place of another, or of none, in one step. */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, out -> out.write(content));
  }

  /** As {@link #replace(Path, byte[])}, of any size. */
  static void replace(Path file, Storage.FileContent content) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling(".tmp-" + target.getFileName() + UUID.randomUUID());
    try {
      try (OutputStream out = create(temporary)) {
        content.writeTo(out);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    force(target.getParent());
  }

  /** Creates a directory and its parents where they are missing, each of them durably. */
  public static void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path each = directory.toAbsolutePath();
        each != null && !Files.exists(each);
        each = each.getParent()) {
      missing.push(each);
    }
    Files.createDirectories(directory);
    for (Path made : missing) {
      try {
        force(made.getParent());
      } catch (AccessDeniedException unreadable) {
        LOG.debug("{} may be written but not opened, and so is not forced", made.getParent());
      }
    }
  }

  /** Makes the names in a directory durable, where the system lets a directory be opened. */
  public static void force(Path directory) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}

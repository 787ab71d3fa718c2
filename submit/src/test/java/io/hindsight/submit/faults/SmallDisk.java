package io.hindsight.submit.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of some megabytes in memory, mounted where this process may mount. */
final class SmallDisk {
  private static final int PAGE = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on a folder that is not there yet. */
  static SmallDisk mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Commands.call("mount", "-t", "tmpfs", "-o", "size=8m", "none", folder.toString());
    return new SmallDisk(folder);
  }

  /** Takes it away with all that it holds. */
  void unmount() throws IOException, InterruptedException {
    Commands.call("umount", "--lazy", folder.toString()); // a process may be dying still
    Files.delete(folder);
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  /** Leaves some pages of 4 KiB free, or fewer where the driver takes some meanwhile. */
  void fill(int pagesFree) throws IOException {
    long free = Files.getFileStore(folder).getUnallocatedSpace() / PAGE;
    byte[] more = new byte[Math.toIntExact(Math.max(0, free - pagesFree) * PAGE)];
    try {
      Files.write(ballast(), more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      if (!String.valueOf(failure.getMessage()).startsWith("No space left")) {
        throw failure;
      }
    }
  }

  /** Makes room again. */
  void empty() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }
}

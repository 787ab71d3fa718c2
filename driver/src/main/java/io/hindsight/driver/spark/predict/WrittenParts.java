package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.Count;
import io.hindsight.driver.config.ConfigException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Checks that every task's file has come to the output. Where executors on other machines write to
 * a path that each takes for its own disk, Spark calls that a success, and their rows are missing.
 */
final class WrittenParts {
  private static final Pattern PART = Pattern.compile("part-([0-9]+)-.*"); // Spark's names

  private final FileSystem files;
  private final Path folder;
  private final Set<Path> before;

  private WrittenParts(FileSystem files, Path folder, Set<Path> before) {
    this.files = files;
    this.folder = folder;
    this.before = before;
  }

  /** Files that come into a folder from now on; only on local disks is there anything to check. */
  static WrittenParts after(FileSystem files, Path folder, boolean exists) throws IOException {
    Set<Path> before = exists && isLocal(folder) ? files(files, folder) : Set.of();
    return new WrittenParts(files, folder, before);
  }

  private static boolean isLocal(Path folder) {
    return folder.toUri().getScheme().equals("file");
  }

  private static Set<Path> files(FileSystem files, Path folder) throws IOException {
    Set<Path> found = new HashSet<>();
    RemoteIterator<LocatedFileStatus> each = files.listFiles(folder, true);
    while (each.hasNext()) {
      found.add(each.next().getPath());
    }
    return found;
  }

  /**
   * Requires a file of every partition.
   *
   * @param partitions the numbers of those that have rows
   * @throws ConfigException if one is not there
   */
  void require(Set<Integer> partitions) throws IOException {
    if (!isLocal(folder)) {
      return;
    }
    Set<Integer> missing = new TreeSet<>(partitions);
    for (Path file : files(files, folder)) {
      Matcher part = PART.matcher(file.getName());
      if (part.matches() && !before.contains(file)) {
        missing.remove(Integer.parseInt(part.group(1)));
      }
    }
    if (!missing.isEmpty()) {
      throw ConfigException.of(
          "--output " + folder,
          "the rows of %s of %d are not there, since executors write to their own disks; name a folder that all machines share"
              .formatted(Count.of(missing.size(), "task"), partitions.size()));
    }
  }
}

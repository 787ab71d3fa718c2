package io.hindsight.driver.spark.predict;

import io.hindsight.driver.storage.NewName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is written as {@code .NAME.tmp-…} beside its place, and renamed when it is
 * complete. Readers of the folder above pass over both names that it uses, since they begin with a
 * point.
 *
 * <p>An old folder is renamed to {@code .NAME.old-…} first and deleted last. A kill between the two
 * renames leaves nothing at the name, but the old folder and the new one beside it, both complete;
 * {@link #recover} brings the old one back.
 */
final class StagedFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFolder.class);
  private static final String TEMPORARY = ".tmp-";
  private static final String OLD = ".old-";

  private final FileSystem files;
  private final Path target;
  private final Path path;
  private boolean published;

  private StagedFolder(FileSystem files, Path target) {
    this.files = files;
    this.target = target;
    path = beside(target, TEMPORARY);
  }

  private static Path beside(Path target, String what) {
    return new Path(target.getParent(), prefix(target, what) + UUID.randomUUID());
  }

  private static String prefix(Path target, String what) {
    return "." + target.getName() + what;
  }

  /**
   * Makes the empty folder.
   *
   * @param files renames a folder in one step
   * @param target qualified
   * @throws IOException if it cannot be made
   */
  static StagedFolder begin(FileSystem files, Path target) throws IOException {
    if (target.getParent() == null) {
      throw new IOException("it is the root of its file system");
    }
    StagedFolder folder = new StagedFolder(files, target);
    if (!files.mkdirs(folder.path)) {
      throw new IOException("the folder " + target.getParent() + " cannot be written");
    }
    files.deleteOnExit(folder.path); // for a process that is asked to end
    return folder;
  }

  /**
   * Brings back the old folder of an overwriting that was killed before the new one had its name,
   * removes one that was killed after that, and names what killed writers have left.
   */
  static void recover(FileSystem files, Path target) throws IOException {
    for (Path old : siblings(files, target, OLD)) {
      if (files.exists(target)) {
        files.delete(old, true);
      } else {
        NewName.give(files, old, target);
        LOG.warn("{} is back: a writer was killed before the new one had its name", target);
      }
    }
    for (Path left : siblings(files, target, TEMPORARY)) {
      LOG.warn("{} is being written, or was when its writer was killed; delete it then", left);
    }
  }

  private static List<Path> siblings(FileSystem files, Path target, String what)
      throws IOException {
    List<Path> found = new ArrayList<>();
    if (target.getParent() != null && files.exists(target.getParent())) {
      for (FileStatus each : files.listStatus(target.getParent())) {
        if (each.getPath().getName().startsWith(prefix(target, what))) {
          found.add(each.getPath());
        }
      }
    }
    return found;
  }

  /** Where to write. */
  Path path() {
    return path;
  }

  /**
   * Gives the folder, which is complete, its name.
   *
   * @param replace whether an old one of the name makes way
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if there is one that does not
   */
  void publish(boolean replace) throws IOException {
    if (!replace || !files.exists(target)) {
      NewName.give(files, path, target);
      published = true;
      return;
    }
    Path old = beside(target, OLD);
    NewName.give(files, target, old);
    try {
      NewName.give(files, path, target);
    } catch (IOException failure) {
      NewName.give(files, old, target);
      throw failure;
    }
    published = true;
    if (!files.delete(old, true)) {
      LOG.warn("{} could not be deleted; it is the folder that was overwritten", old);
    }
  }

  /** Deletes what has not got its name. */
  @Override
  public void close() {
    try {
      files.cancelDeleteOnExit(path);
      if (!published) {
        files.delete(path, true);
      }
    } catch (IOException e) {
      LOG.warn("{} could not be deleted: {}", path, e.getMessage());
    }
  }
}

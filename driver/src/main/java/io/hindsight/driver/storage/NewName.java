package io.hindsight.driver.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Gives complete files and directories their name, without overwriting. */
public final class NewName {
  private NewName() {}

  /**
   * Renames; a file system without a rename that refuses an existing target gets its plain one.
   *
   * @param files holds both paths
   * @param temporary a qualified path
   * @param target a qualified path
   * @throws FileAlreadyExistsException if the target exists
   * @throws IOException if the rename fails
   */
  public static void give(FileSystem files, Path temporary, Path target) throws IOException {
    FileContext context;
    try {
      context = FileContext.getFileContext(target.toUri(), files.getConf());
    } catch (UnsupportedFileSystemException e) {
      if (files.exists(target)) {
        throw new FileAlreadyExistsException(target + " exists");
      }
      if (!files.rename(temporary, target)) {
        throw new IOException("could not rename " + temporary + " to " + target, e);
      }
      return;
    }
    context.rename(temporary, target, Options.Rename.NONE);
  }
}

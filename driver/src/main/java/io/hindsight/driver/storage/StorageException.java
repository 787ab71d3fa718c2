package io.hindsight.driver.storage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;

/** A file system that is full or does not answer, told in one line with the remedy. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  private StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The failure in words, if it is a full or unreachable file system; else the failure itself.
   *
   * @param location the file or directory in use
   */
  static IOException explain(String location, IOException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof StorageException known) {
        return known;
      }
      if (isFull(String.valueOf(each.getMessage()))) {
        return new StorageException(
            "there is no space left to write %s (%s); free some and try again, nothing written before is lost"
                .formatted(location, firstLine(each)),
            failure);
      }
      if (isUnreachable(each)) {
        return new StorageException(
            "the file system of %s does not answer (%s); check that it runs at this address and can be reached from here"
                .formatted(location, firstLine(each)),
            failure);
      }
    }
    return failure;
  }

  /**
   * Whether the same write may go well a little later: not if the disk is full, something is in the
   * way, or a permission is missing.
   */
  static boolean mayPass(IOException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      boolean stays =
          each instanceof FileSystemException // of this machine, which answers for itself
              || each instanceof AccessControlException
              || each instanceof FileAlreadyExistsException
              || each instanceof ParentNotDirectoryException
              || isFull(String.valueOf(each.getMessage()));
      if (stays) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFull(String message) {
    return message.contains("No space left on device")
        || message.contains("Disk quota exceeded")
        || message.contains("DSQuotaExceededException")
        || message.contains("The DiskSpace quota of");
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof SocketTimeoutException
        || failure instanceof UnknownHostException;
  }

  /** Hadoop's messages go on with a link to its wiki, or a whole stack trace. */
  private static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    int wiki = message.indexOf("; For more details");
    return wiki < 0 ? message : message.substring(0, wiki);
  }

  /** The message alone: it is for people. */
  @Override
  public String toString() {
    return getMessage();
  }
}

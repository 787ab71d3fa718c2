package io.hindsight.driver.registry;

import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** A registry as commands use it: what storage refuses is told with the option to correct. */
public final class RegistryAccess {
  private RegistryAccess() {}

  /**
   * Something done with a registry.
   *
   * @param <T> what comes of it
   */
  public interface Action<T> {
    /** Does it. */
    T with(Registry registry) throws IOException;
  }

  /**
   * Something done by the owner of a registry.
   *
   * @param <T> what comes of it
   */
  public interface Change<T> {
    /** Does it. */
    T by(RegistryWriter writer) throws IOException;
  }

  /**
   * Reads a registry.
   *
   * @throws RegistryException if it refuses, or its location is wrong
   * @throws UncheckedIOException if storage fails
   */
  public static <T> T read(String location, Action<T> action) {
    return explaining("--registry", location, () -> action.with(Registry.open(named(location))));
  }

  private static String named(String location) {
    if (location.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return location;
  }

  /**
   * Changes a registry that is there.
   *
   * @param command what this process does, for people
   * @throws RegistryException if it refuses, or its location is wrong
   * @throws io.hindsight.driver.lease.LeaseException if another process changes it
   * @throws UncheckedIOException if storage fails
   */
  public static <T> T change(String location, String command, Change<T> change) {
    return read(
        location,
        registry -> {
          try (RegistryWriter writer = registry.write(command, RegistryAccess::sleep)) {
            return change.by(writer);
          }
        });
  }

  /** As {@link #change}, of a registry that need not be there yet. */
  public static <T> T begin(String location, String command, Change<T> change) {
    return read(
        location,
        registry -> {
          try (RegistryWriter writer = registry.create(command, RegistryAccess::sleep)) {
            return change.by(writer);
          }
        });
  }

  /**
   * A model to be published, of which the weights are not read yet.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none
   */
  public static ModelFolder model(String location) {
    return explaining(
        "--model",
        location,
        () -> ModelFolder.open(Storage.of(location, HadoopSettings::configuration), location));
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private static <T> T explaining(String option, String location, Step<T> step) {
    try {
      return step.run();
    } catch (IllegalArgumentException e) {
      throw RegistryException.refused(
          "%s %s: this is no path or URI (%s); write it like models/sales or hdfs://host:8020/models/sales"
              .formatted(option, location, e.getMessage()));
    } catch (UnsupportedFileSystemException e) {
      throw RegistryException.refused("%s %s: %s".formatted(option, location, HadoopFiles.UNKNOWN));
    } catch (IOException e) {
      if (isInTheWay(e)) {
        throw RegistryException.refused(
            "%s %s cannot be used (%s); name another, or get the permission"
                .formatted(option, location, reason(e)));
      }
      throw new UncheckedIOException("cannot use " + location, e);
    }
  }

  private static boolean isInTheWay(IOException e) {
    return !(e instanceof StorageException || e instanceof NoSuchFileException)
        && (e instanceof FileSystemException
            || e instanceof AccessControlException
            || e instanceof ParentNotDirectoryException
            || e instanceof org.apache.hadoop.fs.FileAlreadyExistsException);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Waits as commands do between two looks at another's lease.
   *
   * @throws InterruptedIOException if it is interrupted
   */
  public static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another's lease was looked at");
    }
  }
}

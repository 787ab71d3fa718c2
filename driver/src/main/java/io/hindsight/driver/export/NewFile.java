package io.hindsight.driver.export;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.FileNames;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A file that an export makes; it appears whole or not at all, and never in the place of another.
 */
public final class NewFile {
  private final String option;
  private final String location;
  private final Storage storage;

  private NewFile(String option, String location, Storage storage) {
    this.option = option;
    this.location = location;
    this.storage = storage;
  }

  /**
   * A file, before any work is done for it.
   *
   * @param option of the command that names it, for errors
   * @param location a path or URI
   * @throws DataException if it exists
   * @throws ConfigException if it is no path, or of a file system that nobody knows
   */
  public static NewFile of(String option, String location) {
    try {
      FileNames.requireWritable(location);
      Storage storage = Storage.of(location, HadoopSettings::configuration);
      if (storage.exists(location)) {
        throw new DataException(
            "the output must not exist yet", location, option, "delete it or name another");
      }
      return new NewFile(option, location, storage);
    } catch (UnsupportedFileSystemException unknown) {
      throw ConfigException.of(option + " " + location, HadoopFiles.UNKNOWN);
    } catch (IllegalArgumentException noPath) {
      throw unusable(option, location, noPath.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + location, e);
    }
  }

  /** Writes it, and the folders that it is in where they are missing. */
  public void write(FileContent content) {
    try {
      int name = location.lastIndexOf('/');
      if (name > 0) {
        storage.createDirectory(location.substring(0, name));
      }
      storage.replace(location, content);
    } catch (FileSystemException refused) {
      String reason = refused.getReason();
      throw unusable(option, location, reason == null ? refused.toString() : reason);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + location, e);
    }
  }

  /** Where it is. */
  public String location() {
    return location;
  }

  private static ConfigException unusable(String option, String location, String reason) {
    return ConfigException.of(
        option + " " + location,
        "the file cannot be written (%s); name one in a folder that can be written"
            .formatted(reason));
  }
}

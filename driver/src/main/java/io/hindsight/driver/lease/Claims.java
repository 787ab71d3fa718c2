package io.hindsight.driver.lease;

import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbered claims on one directory, of which the highest counts.
 *
 * <pre>
 * lease/00000007.json   created only if there is none; replaced by its owner alone
 * </pre>
 *
 * <p>The highest is never deleted, so numbers only grow, and a lease that is taken over leaves its
 * old owner nothing that the new one reads: each writes to a file of its own.
 */
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final Pattern NAME = Pattern.compile("([0-9]{8,18})\\.json");
  private static final int ATTEMPTS = 5;

  private final Storage storage;
  private final String directory;

  Claims(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /** The directory, for people. */
  String location() {
    return directory;
  }

  void createDirectory() throws IOException {
    storage.createDirectory(directory);
  }

  /**
   * The claim that counts; empty if there never was one. Its owner replaces it and the next one
   * deletes it while others read, which each storage reports in its own way: HDFS says that a block
   * is missing.
   */
  Optional<Claim> newest() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Optional<String> last = names().stream().max(Comparator.comparing(Claims::number));
      if (last.isEmpty()) {
        return Optional.empty();
      }
      try {
        byte[] claim = storage.read(directory + "/" + last.get());
        return Optional.of(Claim.read(number(last.get()), claim));
      } catch (StorageException broken) {
        throw broken;
      } catch (IOException replaced) {
        if (attempt == ATTEMPTS) {
          throw replaced;
        }
        LOG.debug("reading the lease in {} again", directory, replaced);
      }
    }
  }

  private List<String> names() throws IOException {
    return storage.list(directory).stream().filter(name -> NAME.matcher(name).matches()).toList();
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private String file(long number) {
    return String.format(Locale.ROOT, "%s/%08d.json", directory, number);
  }

  /** Whether the claim was created; otherwise there is one of its number. */
  boolean create(Claim claim) throws IOException {
    try {
      storage.create(file(claim.number()), claim.toJson());
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  void replace(Claim claim) throws IOException {
    storage.replace(file(claim.number()), claim.toJson());
  }

  void delete(Claim claim) throws IOException {
    storage.delete(file(claim.number()));
  }

  /**
   * Changes something in the directory and takes it back: clients of a network file system that
   * remember names and contents for a while ask the server then.
   */
  void refresh() throws IOException {
    String probe = directory + "/" + Storage.TEMPORARY + "look-" + UUID.randomUUID();
    try {
      storage.create(probe, new byte[0]);
      storage.delete(probe);
    } catch (NoSuchFileException | FileNotFoundException deleted) {
      LOG.debug("a new owner has deleted {}, which is a change too", probe, deleted);
    }
  }

  /** Deletes what earlier owners have left; what cannot be deleted now is by the next owner. */
  void deleteBefore(Claim claim) {
    try {
      storage.deleteTemporaries(directory);
      for (String name : names()) {
        if (number(name) < claim.number()) {
          storage.delete(directory + "/" + name);
        }
      }
    } catch (IOException later) {
      LOG.debug("left in {}", directory, later);
    }
  }
}

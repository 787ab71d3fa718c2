package io.hindsight.driver.retrain.folder;

import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folders of retrainings that nobody needs any more: all but the newest, those that a process
 * works on, and those whose version is kept.
 */
public final class SurplusRuns {
  private static final int DIGITS = 1 + 8; // of a version behind the key of its run

  private final Registry registry;

  /** Of a registry. */
  public SurplusRuns(Registry registry) {
    this.registry = registry;
  }

  /**
   * Their keys, the one that ended first at the front.
   *
   * @param newest how many of the newest runs are kept, 0 or more
   * @param versions the versions that are kept
   */
  public List<String> keys(int newest, Set<String> versions) throws IOException {
    List<String> keys = new ArrayList<>();
    List<RetrainRuns.Run> runs = RetrainRuns.of(registry);
    for (int run = runs.size() - 1; run >= newest; run--) {
      String key = runs.get(run).status().key();
      boolean isKept = versions.stream().anyMatch(version -> isOf(version, key));
      if (!isKept && Lease.heldBy(registry.storage(), folder(key).lease()).isEmpty()) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static boolean isOf(String version, String key) {
    return version.startsWith(key + "-") && version.length() == key.length() + DIGITS;
  }

  private RunFolder folder(String key) {
    return RunFolder.of(registry.storage(), registry.location(), new RunKey(key));
  }

  /**
   * Deletes the folders of some, each under its lease.
   *
   * @param pause between two looks at another's lease
   * @return the keys of those that were deleted: no process has begun to work on them meanwhile
   */
  public List<String> delete(List<String> keys, Lease.Pause pause) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (String key : keys) {
      RunFolder folder = folder(key);
      try (Lease lease = folder.take(pause)) {
        delete(folder.behind(lease));
        deleted.add(key);
      } catch (LeaseException taken) {
        continue;
      }
      registry.storage().delete(folder.location());
    }
    return deleted;
  }

  /** Its status last, so that what is left by a process that was killed is found again. */
  private static void delete(RunFolder folder) throws IOException {
    Storage storage = folder.storage();
    for (String name : storage.list(folder.location())) {
      String file = folder.location() + "/" + name;
      if (!file.equals(folder.lease()) && !name.equals(RetrainStatus.NAME)) {
        storage.delete(file);
      }
    }
    storage.delete(folder.location() + "/" + RetrainStatus.NAME);
  }
}

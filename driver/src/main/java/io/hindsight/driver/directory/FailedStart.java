package io.hindsight.driver.directory;

import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What a run leaves that failed before its first step, as for a column that is not there: nothing
 * that was trained, so the corrected run may take its directory.
 */
final class FailedStart {
  private static final Set<String> ENDS = Set.of("failed", "diverged");

  private final RunDirectory directory;
  private final Storage storage;

  FailedStart(RunDirectory directory) {
    this.directory = directory;
    storage = directory.storage();
  }

  /**
   * Whether the directory holds that and nothing else. Without a status it may be of a run that is
   * still reading its data, or was killed; whatever is not known here is kept.
   */
  boolean isAllThereIs() throws IOException {
    for (String name : storage.list(directory.location())) {
      if (!isLeftOver(directory.location() + "/" + name, name)) {
        return false;
      }
    }
    return storage.exists(directory.status()) && endedWithoutAStep();
  }

  private boolean isLeftOver(String place, String name) throws IOException {
    if (place.equals(directory.metrics())) {
      return storage.length(place) == 0;
    }
    if (place.equals(directory.checkpoints())) {
      return storage.list(place).isEmpty();
    }
    return place.equals(directory.lease())
        || directory.data().filter(place::equals).isPresent() // the next run may use it
        || files().contains(place)
        || name.startsWith(Storage.TEMPORARY);
  }

  private List<String> files() {
    return List.of(
        directory.config(),
        directory.source(),
        directory.parent(),
        directory.errorLog(),
        directory.evaluation(),
        directory.examples(),
        directory.report(),
        directory.reportJson(),
        directory.card(),
        directory.metricsText(),
        directory.tensorboard(),
        directory.mlflow(),
        directory.diverged(), // of its first step, if there is one
        directory.status());
  }

  private boolean endedWithoutAStep() {
    try {
      StatusFile status = StatusFile.read(storage, directory.status());
      return status.steps() == 0 && ENDS.contains(status.state());
    } catch (IOException noStatus) {
      return false;
    }
  }

  /** Deletes it, the status last: killed in between, it is still what it was. */
  void delete() throws IOException {
    storage.deleteTemporaries(directory.location());
    storage.delete(directory.metrics());
    for (String file : files()) {
      storage.delete(file);
    }
  }
}

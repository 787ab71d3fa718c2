package io.hindsight.driver.retrain.folder;

import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The retrainings of a registry, also those that came to no version. */
public final class RetrainRuns {
  private RetrainRuns() {}

  /**
   * One of them.
   *
   * @param status where it stands, or how it ended
   * @param blessing what the gates said; absent where it has come to no verdict
   */
  public record Run(RetrainStatus status, Optional<Blessing> blessing) {}

  /**
   * All, the one that ended last first.
   *
   * @throws io.hindsight.driver.model.ModelException if a file of one is damaged
   */
  public static List<Run> of(Registry registry) throws IOException {
    Storage storage = registry.storage();
    List<Run> runs = new ArrayList<>();
    for (String key : storage.list(registry.location() + "/" + RunFolder.RUNS)) {
      RunFolder folder = RunFolder.of(storage, registry.location(), new RunKey(key));
      Optional<RetrainStatus> status = folder.status();
      if (status.isPresent()) {
        runs.add(new Run(status.get(), folder.blessing(status.get())));
      }
    }
    runs.sort(Comparator.comparing((Run run) -> run.status().updated()).reversed());
    return runs;
  }
}

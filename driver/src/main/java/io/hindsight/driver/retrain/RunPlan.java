package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.retrain.folder.RunKey;

/**
 * What follows from a request alone, before anything is read.
 *
 * @param config with the window
 * @param table its data
 * @param window of the data
 * @param key that names the run
 */
public record RunPlan(RunConfig config, TableSpec table, TimeWindow window, RunKey key) {
  /**
   * Of a request.
   *
   * @throws ConfigException if its data has no times
   */
  public static RunPlan of(RetrainRequest request) {
    if (!(request.config().data() instanceof TableSpec given)) {
      throw ConfigException.of(
          "data.format", "a retraining reads a window of time, which only tables have; name one");
    }
    TableSpec table = given.within(request.window());
    RunConfig config = request.config().withData(table);
    RunKey key = request.key().orElseGet(() -> RunKey.of(config, request.window()));
    return new RunPlan(config, table, request.window(), key);
  }

  /**
   * The data as it is trained on and compared by.
   *
   * @param pinned in the version that is read
   * @param holdout where its newest part begins
   */
  TableSpec table(TableSpec pinned, Holdout holdout) {
    return pinned.with(holdout.split().with(pinned.split().margins()));
  }

  /** The configuration of a training, which names no version: its model answers for others, too. */
  RunConfig config(Holdout holdout) {
    return config.withData(table(table, holdout));
  }
}

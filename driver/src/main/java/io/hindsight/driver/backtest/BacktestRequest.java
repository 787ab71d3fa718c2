package io.hindsight.driver.backtest;

import io.hindsight.driver.config.RunConfig;
import java.util.Optional;

/**
 * What is asked of a backtest.
 *
 * @param config of the run at each origin; its split says how validation is chosen
 * @param origins how many there are, at least 1
 * @param every from one origin to the next: a whole number of steps for a split by time, a span of
 *     ISO 8601 for one by date; absent for as many steps as the horizon has
 * @param refit whether a model is trained at each origin; else the one of the first is scored at
 *     all
 * @param directory parent of the origins' run directories
 */
public record BacktestRequest(
    RunConfig config, int origins, Optional<String> every, boolean refit, String directory) {
  /** The directory of a backtest that is given none. */
  public static String usualDirectory(RunConfig config) {
    return config.output().directory() + "/" + config.name() + "-backtest";
  }
}

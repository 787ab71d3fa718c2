package io.hindsight.driver.backtest;

import java.util.List;

/**
 * What a backtest has found.
 *
 * @param refit whether a model was trained at each origin
 * @param origins in order of time
 * @param all all their targets together: figures of the sums, not means of the origins' figures
 */
public record BacktestReport(boolean refit, List<OriginFigures> origins, OriginFigures all) {
  public BacktestReport {
    origins = List.copyOf(origins);
  }
}

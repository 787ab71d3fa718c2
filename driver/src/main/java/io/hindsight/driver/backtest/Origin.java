package io.hindsight.driver.backtest;

import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;

/**
 * A point in time: what lies before it is known, and what follows it is forecast.
 *
 * @param number from 1 on
 * @param trained the split that a model is trained by, of which the test part is all that follows
 * @param scored the same, of which the test part ends where the next origin is
 */
record Origin(int number, Split trained, Split scored) {
  /** A table as it is divided to train at this origin. */
  TableSpec training(TableSpec table) {
    return table.with(trained);
  }

  /** A table as it is divided to score at this origin. */
  TableSpec scoring(TableSpec table) {
    return table.with(scored);
  }
}

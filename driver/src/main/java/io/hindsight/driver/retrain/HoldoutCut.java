package io.hindsight.driver.retrain;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.profile.RowTimes;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.table.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where the newest part of a window begins, by what {@code data.split} says: a whole number is so
 * many of the newest times that rows have, in whichever sequence; a share is that share of the time
 * from the first row to the last. Dates stand as they are.
 */
final class HoldoutCut {
  private final DataSpec.Table table;
  private final Split split;

  private HoldoutCut(DataSpec.Table table) {
    this.table = table;
    this.split = table.split();
  }

  /**
   * The cut of a window; needs a session.
   *
   * @return empty if the window has too few times for it
   * @throws DataException if the split has no test part
   */
  static Optional<Holdout> of(DataSpec.Table table) {
    Split split = table.split();
    if (!split.hasTest()) {
      throw new DataException(
          "a retraining compares models on the newest part of its window",
          "no test part",
          "data.split",
          "give it a size in data.split.test, as 0.1 or a number of steps");
    }
    HoldoutCut cut = new HoldoutCut(table);
    return split.by() == Split.By.DATE ? Optional.of(cut.dates()) : cut.sizes();
  }

  private Holdout dates() {
    Split.Dates dates = split.dates();
    return new Holdout(
        split.hasValidation() ? Optional.of(dates.validationFrom()) : Optional.empty(),
        dates.testFrom());
  }

  private Optional<Holdout> sizes() {
    RowTimes times = new TableReader(table, new Reading()).times(Math.max(1, steps(1)));
    Optional<Instant> test = from(times, 0);
    Optional<Instant> validation = split.hasValidation() ? from(times, 1) : Optional.empty();
    if (test.isEmpty() || split.hasValidation() && validation.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Holdout(validation, test.get()));
  }

  /** Newest times of the test part and, if asked for, of validation too; 0 if they are shares. */
  private int steps(int withValidation) {
    return whole(split.test()) + withValidation * whole(split.validation());
  }

  private static int whole(double size) {
    return size >= 1 ? (int) Math.min(size, Integer.MAX_VALUE / 4) : 0;
  }

  /** Where the test part begins, or validation. */
  private Optional<Instant> from(RowTimes times, int withValidation) {
    int steps = steps(withValidation);
    double share = share(split.test()) + withValidation * share(split.validation());
    Optional<Instant> counted = steps > 0 ? times.newest(steps) : times.latest();
    if (counted.isEmpty() || share == 0) {
      return counted;
    }
    Instant first = times.earliest().orElseThrow();
    Duration part = Duration.between(first, counted.get());
    return Optional.of(
        counted
            .get()
            .minusMillis((long) Math.ceil(part.toMillis() * share))
            .truncatedTo(ChronoUnit.MILLIS));
  }

  private static double share(double size) {
    return size < 1 ? size : 0;
  }
}

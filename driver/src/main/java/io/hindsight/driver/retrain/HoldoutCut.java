package io.hindsight.driver.retrain;

import io.hindsight.datasets.profile.Profiled;
import io.hindsight.datasets.spec.Split;
import io.hindsight.driver.config.ConfigException;
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
  private final Split split;

  private HoldoutCut(Split split) {
    this.split = split;
  }

  /**
   * As a split says.
   *
   * @throws ConfigException if it has no test part, or a column tells the parts
   */
  static HoldoutCut of(Split split) {
    String rule = "a retraining compares models on the newest part of its window, but ";
    if (split.by() == Split.By.COLUMN) {
      throw ConfigException.of(
          "data.split.by", rule + "a column tells the parts of rows; use by: time or by: date");
    }
    if (!split.hasTest()) {
      throw ConfigException.of(
          "data.split.test", rule + "there is no test part; give it a size, as 0.1 or 48");
    }
    return new HoldoutCut(split);
  }

  /** How many of the newest times of a window must be known. */
  int newest() {
    return Math.max(1, steps(1));
  }

  /**
   * The cut of a window.
   *
   * @param window with its newest times
   * @return empty if it has too few times for it
   */
  Optional<Holdout> of(Profiled window) {
    return split.by() == Split.By.DATE ? Optional.of(dates()) : sizes(window);
  }

  private Holdout dates() {
    Split.Dates dates = split.dates();
    return new Holdout(
        split.hasValidation() ? Optional.of(dates.validationFrom()) : Optional.empty(),
        dates.testFrom());
  }

  private Optional<Holdout> sizes(Profiled window) {
    Optional<Instant> test = from(window, 0);
    Optional<Instant> validation = split.hasValidation() ? from(window, 1) : Optional.empty();
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
  private Optional<Instant> from(Profiled window, int withValidation) {
    int steps = steps(withValidation);
    double share = share(split.test()) + withValidation * share(split.validation());
    Optional<Instant> counted = window.newest().stream().skip(Math.max(0, steps - 1)).findFirst();
    if (counted.isEmpty() || share == 0) {
      return counted;
    }
    Instant first = window.profile().first().orElseThrow();
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

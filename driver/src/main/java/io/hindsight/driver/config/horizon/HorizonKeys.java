package io.hindsight.driver.config.horizon;

import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Horizon.Strategy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.util.Map;
import java.util.Optional;

/** The keys of a section {@code data} that say how far ahead is predicted. */
public final class HorizonKeys {
  private static final String HORIZON = "horizon";
  private static final String STRATEGY = "strategy";

  /** Holds the number of paths that are sampled. */
  public static final String PATHS = "paths";

  /**
   * Numbers that a step may be asked for: the head of the network and its answers grow with them.
   */
  private static final int MOST = 10_000;

  private HorizonKeys() {}

  /** Reads them. */
  public static Horizon read(Section data, TargetKind kind) {
    int steps =
        new SectionNumbers(data)
            .integer(HORIZON, Range.atLeast(0))
            .orElse(kind == TargetKind.VALUE ? 1 : 0);
    if (kind == TargetKind.LABEL_STRING && steps > 0) {
      String message = "a label string belongs to a whole sequence and to no step of it";
      data.problem(HORIZON, message, "delete the line");
    }
    Optional<Strategy> strategy = data.choice(STRATEGY, Strategy.class);
    if (strategy.filter(which -> which != Strategy.SINGLE).isPresent()) {
      requireValues(data, kind, steps);
    }
    return new Horizon(
        steps, strategy.orElse(Strategy.SINGLE), paths(data, strategy.orElse(Strategy.SINGLE)));
  }

  private static int paths(Section data, Strategy strategy) {
    if (strategy != Strategy.RECURSIVE && data.sound(STRATEGY)) {
      String message = "paths are of answers that are read, but strategy is ";
      data.refuse(
          PATHS, message + Words.of(strategy), "delete the line, or use strategy: recursive");
    }
    int paths =
        new SectionNumbers(data)
            .integer(PATHS, Range.between(Horizon.LEAST_PATHS, Horizon.MOST_PATHS))
            .orElse(0);
    return strategy == Strategy.RECURSIVE ? paths : 0;
  }

  private static void requireValues(Section data, TargetKind kind, int steps) {
    if (kind != TargetKind.VALUE) {
      String message = "only values are predicted several steps ahead, but target-kind is ";
      data.problem(STRATEGY, message + Words.of(kind), "delete the line");
    } else if (steps == 0 && data.sound(HORIZON)) {
      data.problem(STRATEGY, "at horizon 0 there is no later step", "use horizon: 1 or more");
    } else if (steps > MOST) {
      data.problem(
          HORIZON,
          "a step can be asked for %d later ones at most, but is for %d".formatted(MOST, steps),
          "use a smaller horizon, or strategy: single");
    }
  }

  /** Writes them. */
  public static void write(Horizon horizon, Map<String, Object> data) {
    data.put(HORIZON, horizon.steps());
    if (!horizon.isSingle()) {
      data.put(STRATEGY, Words.of(horizon.strategy()));
    }
    if (horizon.paths() > 0) {
      data.put(PATHS, horizon.paths());
    }
  }
}

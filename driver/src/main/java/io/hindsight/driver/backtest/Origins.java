package io.hindsight.driver.backtest;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.origins.OriginSteps;
import io.hindsight.datasets.spec.RetrainWindow.Span;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.Split.Dates;
import io.hindsight.datasets.spec.Split.Margins;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.ConfigException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The origins of a backtest, from the earliest on.
 *
 * <p>With a split by time, K origins every S steps are the K·S last steps of each sequence, of
 * which each origin scores S. With one by date the first origin is where the test part begins, and
 * the others follow a span each.
 *
 * @param all in order of time
 * @param steps K·S, where steps are counted; 0 by date
 */
record Origins(List<Origin> all, int steps) {
  private static final String EVERY = "--every";

  /**
   * Those of a request.
   *
   * @throws ConfigException if the table cannot be divided so
   */
  static Origins of(TableSpec table, BacktestRequest request) {
    Split split = table.split();
    return switch (split.by()) {
      case TIME -> byTime(split, request.origins(), steps(table, request.every()));
      case DATE -> byDate(split, request.origins(), request.every(), table.scope().zone());
      case ID -> throw noOrder("whole sequences are divided by their ids");
      case COLUMN -> throw noOrder("a column tells the parts of rows");
    };
  }

  private static ConfigException noOrder(String but) {
    return ConfigException.of(
        "data.split.by",
        "a backtest needs an order in time, but " + but + "; use by: time or by: date");
  }

  private static Origins byTime(Split split, int origins, int every) {
    if ((long) origins * every > Integer.MAX_VALUE) {
      throw ConfigException.of(
          "--origins " + origins,
          "so many origins of %d steps are more than a sequence can have; ask for fewer"
              .formatted(every));
    }
    return new Origins(
        IntStream.rangeClosed(1, origins).mapToObj(k -> byTime(split, origins, every, k)).toList(),
        origins * every);
  }

  private static Origin byTime(Split split, int origins, int every, int number) {
    int following = (origins - number + 1) * every;
    Margins margins = split.margins();
    Split trained = new Split(Split.By.TIME, split.validation(), following).with(margins);
    Margins ending = new Margins(margins.embargo(), following - every);
    return new Origin(number, trained, trained.with(ending));
  }

  private static int steps(TableSpec table, Optional<String> every) {
    if (every.isEmpty()) {
      return Math.max(1, table.target().horizon().steps());
    }
    if (every.get().matches("[1-9][0-9]{0,8}")) {
      return Integer.parseInt(every.get());
    }
    throw ConfigException.of(
        EVERY + " " + every.get(),
        "with data.split.by: time origins are a whole number of steps apart, 1 or more; give 12, for example");
  }

  private static Origins byDate(Split split, int origins, Optional<String> every, ZoneId zone) {
    if (!split.hasTest()) {
      throw ConfigException.of(
          "data.split.test-from",
          "the first origin is where the test part begins; say when, as 2026-01-31T00:00:00Z");
    }
    Span span = span(every);
    return new Origins(
        IntStream.rangeClosed(1, origins).mapToObj(k -> byDate(split, span, zone, k)).toList(), 0);
  }

  private static Origin byDate(Split split, Span every, ZoneId zone, int number) {
    Dates first = split.dates();
    Instant validation = every.after(first.validationFrom(), number - 1, zone);
    Instant from = every.after(first.testFrom(), number - 1, zone);
    Instant to = every.after(first.testFrom(), number, zone);
    Split trained = Split.byDate(new Dates(validation, from)).with(split.margins());
    Split scored = Split.byDate(new Dates(validation, from, to)).with(split.margins());
    return new Origin(number, trained, scored);
  }

  private static Span span(Optional<String> every) {
    return every
        .flatMap(Span::of)
        .filter(span -> !span.isZero())
        .orElseThrow(
            () ->
                ConfigException.of(
                    EVERY + every.map(text -> " " + text).orElse(""),
                    "with data.split.by: date origins are a span of time apart; give P1M for a month, P7D for days or PT6H for hours"));
  }

  /** How they divide a table to score. */
  List<Split> splits() {
    return all.stream().map(Origin::scored).toList();
  }

  /**
   * Refuses sequences that begin after the first origin, where steps are counted.
   *
   * @throws DataException naming the shortest
   */
  void requireLong(OriginSteps known, TableSpec table) {
    if (known.shortest().isPresent() && known.steps() <= steps) {
      int beside = table.target().horizon().first() + (table.scaling().difference() ? 1 : 0);
      throw new DataException(
          "each sequence must have a step with a target before the first origin, so more than %d of them (--origins %d, %d steps each)"
              .formatted(steps, all.size(), steps / all.size()),
          Integer.toString(known.steps()),
          "sequence '%s', which is the shortest".formatted(known.shortest().get()),
          "ask for fewer --origins or fewer steps with --every, or leave short sequences out with data.min-length: %d"
              .formatted(steps + 1 + beside));
    }
  }
}

package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.Profiled;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.gate.DataVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges the data of a window before it is trained on: whether it is all there, and whether it is
 * like the data of the champion. It is a function of what it is given, without a clock.
 */
public final class DataGate {
  private static final double SECONDS = 3600; // of an hour

  private final Profiled now;
  private final Optional<DataProfile> champion;
  private final GateConfig.Data limits;
  private final Findings late = new Findings();
  private final Findings broken = new Findings();

  private DataGate(Profiled now, Optional<DataProfile> champion, GateConfig.Data limits) {
    this.now = now;
    this.champion = champion;
    this.limits = limits;
  }

  /**
   * The end of a window.
   *
   * @param to its end, which belongs to the next; absent where windows have no times
   * @param moved whether it is another window than the champion's
   */
  public record Window(Optional<Instant> to, boolean moved) {}

  /**
   * Judges a window.
   *
   * @param now its profile, taken with the champion's as reference, if there is one
   * @param champion the profile of the data that the champion was trained on; absent in a first run
   * @param trailing rows of the windows of the last runs; may be empty
   */
  public static DataVerdict judge(
      Profiled now,
      Optional<DataProfile> champion,
      List<Long> trailing,
      Window window,
      GateConfig.Data limits) {
    return new DataGate(now, champion, limits).judge(trailing, window);
  }

  /**
   * Judges the newest rows of a window, which models are compared on, by themselves.
   *
   * @param newest their profile, taken with the champion's as reference
   * @param champion the profile of the data that the champion was trained on
   */
  public static DataVerdict judgeNewest(
      Profiled newest, DataProfile champion, GateConfig.Data limits) {
    DataGate gate = new DataGate(newest, Optional.of(champion), limits);
    new ColumnGate(newest, gate.champion, limits, gate.broken).checkNewest();
    return gate.verdict();
  }

  private DataVerdict judge(List<Long> trailing, Window window) {
    checkRows(trailing);
    window.to().ifPresent(this::checkFreshness);
    if (now.profile().rows() > 0) {
      champion.filter(known -> window.moved()).ifPresent(this::checkContent);
      new ColumnGate(now, champion, limits, broken).check();
      champion.ifPresent(this::checkTexts);
    }
    return verdict();
  }

  private void checkTexts(DataProfile known) {
    new CategoryGate(now.profile(), known, limits, broken).check();
    new LabelGate(now.profile(), known, limits, broken).check();
  }

  private DataVerdict verdict() {
    Findings all = new Findings();
    for (Findings some : List.of(late, broken)) {
      all.checks().addAll(some.checks());
      all.reasons().addAll(some.reasons());
    }
    Kind kind = broken.reasons().isEmpty() ? Kind.PASSED : Kind.BROKEN;
    return new DataVerdict(
        late.reasons().isEmpty() ? kind : Kind.TOO_LITTLE_OR_LATE, all.checks(), all.reasons());
  }

  private void checkRows(List<Long> trailing) {
    long rows = now.profile().rows();
    late.atLeast("data.min-rows", rows, limits.minRows(), "the window has too few rows");
    double median = median(trailing);
    if (median > 0) {
      late.above(
          "data.rows-ratio.least",
          rows / median,
          limits.leastRatio(),
          "the window has few rows per row of the last runs");
      broken.below(
          "data.rows-ratio.most",
          rows / median,
          limits.mostRatio(),
          "the window has many rows per row of the last runs");
    }
  }

  private static double median(List<Long> numbers) {
    List<Long> sorted = numbers.stream().sorted().toList();
    int n = sorted.size();
    return n == 0 ? 0 : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2.0;
  }

  /** Age of the newest row in hours. */
  private void checkFreshness(Instant to) {
    if (limits.freshness().isEmpty() || now.profile().rows() == 0) {
      return;
    }
    double limit = limits.freshness().get().toSeconds() / SECONDS;
    String latest = now.profile().latest();
    double age =
        now.profile()
            .last()
            .map(newest -> Duration.between(newest, to).toSeconds() / SECONDS)
            .orElse(Double.NaN);
    late.atMost(
        "data.freshness",
        age,
        limit,
        "the newest row, of '%s', is old; hours before the end of the window".formatted(latest));
  }

  /** Another window with the same rows: nothing came, or an old delivery came again. */
  private void checkContent(DataProfile known) {
    boolean same = now.profile().content().equals(known.content());
    boolean nothingCame = now.profile().latest().equals(known.latest());
    (nothingCame ? late : broken)
        .below(
            "data.same-content",
            same ? 1 : 0,
            1,
            "the window moved, but its rows have the values of the champion's data");
  }
}

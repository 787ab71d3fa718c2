package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.ColumnProfile;
import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.Histogram;
import io.hindsight.datasets.profile.Profiled;
import io.hindsight.driver.config.GateConfig;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Judges the numeric columns of a window, one by one.
 *
 * <p>A column may move as far as it moves by itself ({@link Movement}), or by what samples of these
 * sizes differ by chance, where that is more than the limit.
 */
final class ColumnGate {
  private static final double HALF = 0.5;
  private static final long MANY = 100; // newest values, of which one is not a large share

  private final Profiled now;
  private final Optional<DataProfile> champion;
  private final Movement movement;
  private final GateConfig.Data limits;
  private final Findings findings;

  ColumnGate(
      Profiled now, Optional<DataProfile> champion, GateConfig.Data limits, Findings findings) {
    this.now = now;
    this.champion = champion;
    movement = new Movement(now.profile(), champion);
    this.limits = limits;
    this.findings = findings;
  }

  void check() {
    champion.ifPresent(this::checkSchema);
    for (ColumnProfile column : now.profile().columns()) {
      findings.atMost(
          "data.null-rate:" + column.name(),
          column.missingShare(),
          limits.nullRate(),
          "column '%s' has missing values".formatted(column.name()));
      champion
          .flatMap(known -> known.column(column.name()))
          .filter(known -> known.count() > 0 && column.count() > 0)
          .ifPresent(known -> check(column, known));
    }
  }

  /**
   * Checks the newest rows by themselves, which a whole window hides: few of them are many of those
   * that models are compared on. While the window has moved by less than half of its length, even a
   * steady trend stays within the range that is looked at.
   */
  void checkNewest() {
    for (ColumnProfile column : now.profile().columns()) {
      Optional<ColumnProfile> known = champion.flatMap(of -> of.column(column.name()));
      Histogram counts = now.byReference().get(column.name());
      if (known.isPresent() && counts != null && LongStream.of(counts.counts()).sum() > 0) {
        double moved = movement.share() < HALF ? 0 : movement.of(known.get().histogram());
        findings.atMost(
            "data.newest.outside:" + column.name(),
            tails(counts.counts()),
            mostTails(counts, known.get(), moved),
            "the newest values of column '%s' are far outside the range of the champion's data; share of them"
                .formatted(column.name()));
        if (column.count() >= MANY) {
          checkExtremes("data.newest.", column, known.get());
        }
      }
    }
  }

  /** Columns are those of the configuration; but vectors may have become narrower. */
  private void checkSchema(DataProfile known) {
    for (ColumnProfile column : known.columns()) {
      String vector = column.name().replaceFirst("\\[[0-9]+]$", "");
      boolean isThere =
          now.profile().columns().stream()
              .anyMatch(c -> c.name().equals(vector) || c.name().startsWith(vector + "["));
      boolean isLost = isThere && now.profile().column(column.name()).isEmpty();
      if (isLost) {
        findings.below(
            "data.schema:" + column.name(),
            1,
            1,
            "the champion's data has a column '%s', the window has none".formatted(column.name()));
      }
    }
  }

  private void check(ColumnProfile column, ColumnProfile known) {
    if (!known.constant()) {
      findings.below(
          "data.constant:" + column.name(),
          column.constant() ? 1 : 0,
          1,
          "column '%s' never changes, and did in the champion's data".formatted(column.name()));
    }
    Histogram counts = now.byReference().get(column.name());
    if (counts != null) {
      checkDrift(counts, known);
      checkTails(counts, known);
    }
    if (!column.constant()) {
      checkExtremes("data.", column, known);
    }
  }

  private void checkDrift(Histogram counts, ColumnProfile known) {
    long[] was = known.histogram().counts();
    long[] is = counts.counts();
    findings.atMost(
        "data.drift:" + known.name(),
        Divergence.jensenShannon(was, is),
        Math.max(
            Math.max(limits.drift(), movement.of(known.histogram())),
            chance().divergence(known.ofSequences(), was, is)),
        "column '%s' has drifted from the champion's data; divergence in bits"
            .formatted(known.name()));
  }

  private Chance chance() {
    return new Chance(now.profile(), champion.orElseThrow());
  }

  private void checkTails(Histogram counts, ColumnProfile known) {
    findings.atMost(
        "data.outside:" + known.name(),
        tails(counts.counts()),
        mostTails(counts, known, movement.of(known.histogram())),
        "column '%s' has values far outside the range of the champion's data; share of them"
            .formatted(known.name()));
  }

  private double mostTails(Histogram counts, ColumnProfile known, double moved) {
    double was = tails(known.histogram().counts());
    double chance = known.ofSequences() ? chance().share((was + tails(counts.counts())) / 2) : 0;
    return was + Math.max(Math.max(limits.nullRate(), moved), chance);
  }

  private static double tails(long[] counts) {
    return (double) (counts[0] + counts[counts.length - 1]) / LongStream.of(counts).sum();
  }

  /** Values that were clipped, or that stand for missing ones; not where few values are usual. */
  private void checkExtremes(String prefix, ColumnProfile column, ColumnProfile known) {
    if (known.constant() || known.ofSequences()) {
      return;
    }
    double atMin = (double) known.atMin() / known.count();
    double atMax = (double) known.atMax() / known.count();
    if (atMin <= limits.nullRate()) {
      findings.atMost(
          prefix + "least:" + column.name(),
          (double) column.atMin() / column.count(),
          atMin + limits.nullRate(),
          "column '%s' is often at its least value; share of it".formatted(column.name()));
    }
    if (atMax <= limits.nullRate()) {
      findings.atMost(
          prefix + "largest:" + column.name(),
          (double) column.atMax() / column.count(),
          atMax + limits.nullRate(),
          "column '%s' is often at its largest value; share of it".formatted(column.name()));
    }
  }
}

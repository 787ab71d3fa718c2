package io.hindsight.driver.gate;

import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.predict.HoldoutScore;
import java.util.Locale;

/**
 * Compares a model with the champion on the same targets.
 *
 * <p>The rule. A holdout is a sample, so two models that are equally good differ on it by chance;
 * and two trainings on the same data do differ a little, of which a large holdout makes sure. With
 * a margin of 0 the candidate passes if it is not surely worse by more than is negligible — the
 * lower bound of the bootstrap is not above that — and not worse by more than the tolerance, so
 * that a small holdout, on which nothing is sure, lets no bad model in. So a clean retraining
 * passes, which knows newer data; a worse one does not. With a margin above 0 it must be better by
 * that share, and surely better at all: then chance does not change the champion. With fewer than
 * {@value #FEWEST} blocks there is no bound, and the candidate must not be worse at all.
 */
final class Comparison {
  static final int FEWEST = 5;
  static final double COMPARABLE = 0.9; // least share of targets that both answer

  /** The data that both are scored on. */
  enum On {
    HOLDOUT("model.champion", ""),
    GOLDEN("model.golden", "on the golden data ");

    private final String checks;
    private final String words;

    On(String checks, String words) {
      this.checks = checks;
      this.words = words;
    }
  }

  private final On on;
  private final Metric metric;
  private final GateConfig.Model limits;
  private final Findings findings;

  Comparison(On on, Metric metric, GateConfig.Model limits, Findings findings) {
    this.on = on;
    this.metric = metric;
    this.limits = limits;
    this.findings = findings;
  }

  /** Whether the two can be compared, and what comes of it. */
  boolean check(HoldoutScore candidate, HoldoutScore champion) {
    if (!candidate.task().equals(champion.task())) {
      findings.refuse(
          "the champion is not comparable: it has %s, the model %s"
              .formatted(champion.task(), candidate.task()));
      return false;
    }
    PairedBlocks pairs = PairedBlocks.of(candidate.blocks(), champion.blocks());
    if (!findings.atLeast(
        on.checks + ".paired",
        pairs.share(),
        COMPARABLE,
        on.words + "the champion is not comparable: share of targets that both were scored on")) {
      return false;
    }
    Bootstrap worse = Bootstrap.of(pairs.sums(metric), limits.confidence());
    boolean isBounded = pairs.size() >= FEWEST;
    if (on == On.HOLDOUT && limits.championMargin() > 0) {
      checkBetter(worse, isBounded);
    } else {
      checkNotWorse(worse, isBounded);
    }
    return true;
  }

  private void checkBetter(Bootstrap worse, boolean isBounded) {
    atMost("point", worse.point(), -limits.championMargin(), "is not better", " by the margin", "");
    double upper = isBounded ? worse.upper() : worse.point();
    atMost("upper", upper, 0, "is not surely better", "", "upper bound of the ");
  }

  private void checkNotWorse(Bootstrap worse, boolean isBounded) {
    atMost("point", worse.point(), isBounded ? limits.tolerance() : 0, "is worse", "", "");
    if (isBounded) {
      double most = limits.negligible();
      atMost("lower", worse.lower(), most, "is surely worse", "", "lower bound of the ");
    }
  }

  private void atMost(
      String check, double value, double most, String verdict, String by, String bound) {
    findings.atMost(
        on.checks + "." + check,
        value,
        most,
        "%sthe %s %s than the champion's%s; %srelative difference"
            .formatted(on.words, metric.name().toLowerCase(Locale.ROOT), verdict, by, bound));
  }
}

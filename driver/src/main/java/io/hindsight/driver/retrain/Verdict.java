package io.hindsight.driver.retrain;

import io.hindsight.driver.gate.ModelVerdict;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.registry.Blessing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gates say of a candidate.
 *
 * @param kind what follows
 * @param blessing everything that was measured, for its file
 * @param score of the candidate on the holdout
 */
record Verdict(Kind kind, Blessing blessing, HoldoutScore score) {
  /** What follows. */
  enum Kind {
    /** It may become the champion. */
    BLESSED,
    /** It may not. */
    REFUSED,
    /** It is the champion, weight by weight. */
    SAME
  }

  /** Of what the gates measured. */
  static Verdict of(
      ModelVerdict verdict,
      DataFindings data,
      HoldoutScore candidate,
      Optional<HoldoutScore> champion) {
    Blessing measured = verdict.blessing(data.verdict());
    List<String> reasons = new ArrayList<>(measured.reasons());
    if (measured.blessed()) {
      reasons.add(praise(verdict.metric(), candidate, champion));
    }
    Blessing blessing =
        new Blessing(
            measured.blessed(),
            reasons,
            measured.checks(),
            measured.candidate(),
            measured.champion(),
            data.holdout().orElseThrow().addTo(measured.holdout()));
    Kind kind = measured.blessed() ? Kind.BLESSED : Kind.REFUSED;
    return new Verdict(verdict.unchanged() ? Kind.SAME : kind, blessing, candidate);
  }

  /** As in "rmse 0.33 on 48 targets, the champion's 0.36". */
  private static String praise(
      String metric, HoldoutScore candidate, Optional<HoldoutScore> champion) {
    String own =
        String.format(
            Locale.ROOT,
            "%s %.4g on %d targets",
            metric,
            candidate.metrics().get(metric),
            candidate.targets());
    return own
        + champion
            .map(other -> other.metrics().get(metric))
            .map(value -> String.format(Locale.ROOT, ", the champion's %.4g", value))
            .orElse(", the first of its registry");
  }

  /** For the log of the registry. */
  String reason() {
    return String.join("; ", blessing.reasons());
  }
}

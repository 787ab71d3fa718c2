package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.driver.config.GateConfig;
import java.util.Map;
import java.util.TreeSet;

/** Judges the class labels and the sequences of a window beside those of the champion's data. */
final class LabelGate {
  private static final double STABLE = 0.5; // share of ids that come again

  private final DataProfile now;
  private final DataProfile champion;
  private final GateConfig.Data limits;
  private final Findings findings;

  LabelGate(DataProfile now, DataProfile champion, GateConfig.Data limits, Findings findings) {
    this.now = now;
    this.champion = champion;
    this.limits = limits;
    this.findings = findings;
  }

  void check() {
    if (!now.labels().isEmpty() && !champion.labels().isEmpty()) {
      checkLabels();
      checkNewLabels();
    }
    if (!now.rowsBySequence().isEmpty() && champion.rowsBySequence().size() > 1) {
      checkSequences();
    }
  }

  /** The class whose share changed most: the distance L∞. */
  private void checkLabels() {
    TreeSet<String> labels = new TreeSet<>(champion.labels().keySet());
    labels.addAll(now.labels().keySet());
    String most = labels.first();
    for (String label : labels) {
      most = change(label) > change(most) ? label : most;
    }
    double mean = (share(now, most) + share(champion, most)) / 2;
    findings.atMost(
        "data.label-shift",
        change(most),
        Math.max(limits.labelShift(), Divergence.noiseOfShare(mean, drawn(now), drawn(champion))),
        "the share of the class '%s' differs from the champion's data".formatted(most));
  }

  /** Where there are many classes, none of them has much of a share to lose. */
  private void checkNewLabels() {
    long unknown =
        now.labels().entrySet().stream()
            .filter(label -> !champion.labels().containsKey(label.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    findings.atMost(
        "data.new-labels",
        (double) unknown / all(now),
        limits.labelShift(),
        "classes that the champion's data does not have; share of them");
  }

  private double change(String label) {
    return Math.abs(share(now, label) - share(champion, label));
  }

  private static double share(DataProfile profile, String label) {
    return profile.labels().getOrDefault(label, 0L) / (double) all(profile);
  }

  private static long all(DataProfile profile) {
    return profile.labels().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Labels that were drawn: of a sequence with one label only that one. */
  private static double drawn(DataProfile profile) {
    return profile.labelsOfSequences() ? profile.sequences() : all(profile);
  }

  private void checkSequences() {
    long before = 0;
    long lost = 0;
    int again = 0;
    for (var sequence : champion.rowsBySequence().entrySet()) {
      boolean isThere = now.rowsBySequence().containsKey(sequence.getKey());
      before += sequence.getValue();
      lost += isThere ? 0 : sequence.getValue();
      again += isThere ? 1 : 0;
    }
    if (again >= STABLE * champion.rowsBySequence().size()) {
      findings.atMost(
          "data.lost-sequences",
          (double) lost / before,
          limits.lostSequences(),
          "sequences of the champion's data are gone; share of its rows");
    }
  }
}

package io.hindsight.driver.gate;

import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.predict.HoldoutScore;
import io.hindsight.driver.score.BlockErrors;
import io.hindsight.driver.score.BlockSums;
import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TargetErrors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges a model where one figure would hide it: target by target, class by class by recall, and
 * sequence by sequence where there are few. Slices of fewer than {@value #SUPPORT} targets are
 * passed over, as chance decides them.
 */
final class SliceGate {
  private static final int SUPPORT = 30;
  private static final int MOST_SEQUENCES = 30;

  private final Metric metric;
  private final double most;
  private final Findings findings;

  SliceGate(Metric metric, double most, Findings findings) {
    this.metric = metric;
    this.most = most;
    this.findings = findings;
  }

  void check(HoldoutScore candidate, HoldoutScore champion) {
    if (candidate.targets() >= SUPPORT) {
      checkTargets(candidate.details().byTarget(), champion.details().byTarget());
    }
    checkClasses(candidate.details().byClass(), champion.details().byClass());
    List<BlockSums> alike = BlockSums.alike(candidate.blocks(), champion.blocks());
    if (!alike.get(0).areGroups()) {
      checkSequences(bySequence(alike.get(0)), bySequence(alike.get(1)));
    }
  }

  private void checkTargets(Map<String, TargetErrors> of, Map<String, TargetErrors> before) {
    of.forEach(
        (name, errors) -> {
          if (before.containsKey(name)) {
            boolean absolute = metric != Metric.RMSE;
            TargetErrors known = before.get(name);
            check(
                "target",
                name,
                PairedSums.worse(
                    metric,
                    absolute ? errors.mae() : errors.rmse(),
                    absolute ? known.mae() : known.rmse()));
          }
        });
  }

  private void checkClasses(Map<String, ClassFigures> of, Map<String, ClassFigures> before) {
    of.forEach(
        (name, figures) -> {
          ClassFigures known = before.get(name);
          if (known != null && figures.support() >= SUPPORT) {
            check(
                "class", name, PairedSums.worse(Metric.ACCURACY, figures.recall(), known.recall()));
          }
        });
  }

  private static Map<String, BlockErrors> bySequence(BlockSums sums) {
    Map<String, BlockErrors> sequences = new TreeMap<>();
    sums.blocks()
        .forEach(
            (key, errors) ->
                sequences.computeIfAbsent(key.sequence(), id -> new BlockErrors()).merge(errors));
    return sequences;
  }

  private void checkSequences(Map<String, BlockErrors> of, Map<String, BlockErrors> before) {
    if (of.size() < 2 || of.size() >= MOST_SEQUENCES) {
      return;
    }
    of.forEach(
        (id, errors) -> {
          BlockErrors known = before.get(id);
          if (known != null && errors.targets() >= SUPPORT && errors.isOfSameTargets(known)) {
            check("sequence", id, PairedSums.worse(metric, value(errors), value(known)));
          }
        });
  }

  private double value(BlockErrors errors) {
    return switch (metric) {
      case RMSE -> Math.sqrt(errors.squares() / errors.answers());
      case MAE, MASE -> errors.magnitudes() / errors.answers();
      case LOSS -> errors.loss() / errors.targets();
      case ACCURACY -> (double) errors.right() / errors.answers();
    };
  }

  private void check(String kind, String name, double worse) {
    findings.atMost(
        "model.slice." + kind + ":" + name,
        worse,
        most,
        "%s '%s' is worse than the champion's; relative difference".formatted(kind, name));
  }
}

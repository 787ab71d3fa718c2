package io.hindsight.driver.plan;

import io.hindsight.datasets.Count;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which way is cheapest on a cluster, and whether the cluster pays at all.
 *
 * @param best of the ways on the cluster
 * @param reason with the predicted times
 * @param alone says that one machine would be clearly faster, if it would; advice only, because a
 *     cluster may have been chosen for its memory or its data
 */
public record Advice(EngineOption best, String reason, Optional<String> alone) {
  /** How much faster one machine has to be before it is recommended: by a fifth. */
  private static final double CLEARLY = 0.8;

  /**
   * Compares.
   *
   * @param local what one machine would take
   * @param ways what can be chosen; at least one
   * @param origin where the constants of Spark are from
   */
  public static Advice of(Prediction local, List<Prediction> ways, String origin) {
    List<Prediction> sorted =
        ways.stream().sorted(Comparator.comparingDouble(Prediction::stepNanos)).toList();
    Prediction best = sorted.get(0);
    StringBuilder reason = new StringBuilder("predicted " + step(best));
    for (Prediction other : sorted.subList(1, sorted.size())) {
      reason.append(", ").append(other.engine().label()).append(' ').append(step(other));
    }
    reason.append(", on ").append(best.cluster()).append("; costs of Spark ").append(origin);
    boolean aloneIsFaster = local.stepNanos() < CLEARLY * best.stepNanos();
    return new Advice(
        best.engine(),
        reason.toString(),
        aloneIsFaster ? Optional.of(alone(local, best)) : Optional.empty());
  }

  private static String alone(Prediction local, Prediction best) {
    return "this model trains faster on one machine: predicted %s with %s, %s with %s; training.engine: local does so"
        .formatted(
            step(local), Count.of(local.tasks(), "thread"), step(best), best.engine().label());
  }

  private static String step(Prediction prediction) {
    return String.format(Locale.ROOT, "%.3g ms per step", prediction.stepMs());
  }
}

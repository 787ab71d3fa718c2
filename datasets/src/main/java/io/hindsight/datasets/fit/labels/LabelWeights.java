package io.hindsight.datasets.fit.labels;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.columns.TargetWeights.Balance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of labels of which a target may have any number.
 *
 * <p>Balanced, the presence of a label counts (targets without it) / (targets with it), so that
 * both weigh alike together: {@code pos_weight} as PyTorch's {@code BCEWithLogitsLoss} advises.
 *
 * @param asked what is to be known
 * @param labels names, as the targets have them // (O)
 * @param place of the targets, for errors
 */
public record LabelWeights(TargetWeights asked, List<String> labels, String place) {
  /**
   * The weights by the names of labels.
   *
   * @param counts of the training part
   * @throws DataException if a weight is of no label
   */
  public TargetWeights fit(PositiveCounts counts) {
    if (!asked.ofClasses()) {
      return asked;
    }
    Map<String, Double> weights = new TreeMap<>();
    for (int o = 0; o < labels.size(); o++) {
      boolean balanced = asked.balance() != Balance.NONE;
      weights.put(labels.get(o), balanced ? counts.ratio(asked.balance(), o) : 1.0);
    }
    asked.classes().forEach((name, weight) -> weights.put(known(name), weight));
    return asked.withClasses(weights);
  }

  private String known(String name) {
    if (!labels.contains(name)) {
      throw new DataException(
          "training.class-weights must name labels of data.targets",
          DataException.quote(name),
          place,
          "name one of " + labels);
    }
    return name;
  }
}

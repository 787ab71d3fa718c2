package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.columns.TargetWeights.Balance;
import io.hindsight.datasets.encoding.LabelIndex;
import io.hindsight.datasets.encoding.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of the classes of a training part.
 *
 * <p>Balanced they are N / (C·n) for a class that n of N targets have, where C classes occur: then
 * all classes weigh alike together, and the mean weight of a target is 1 (King and Zeng, "Logistic
 * Regression in Rare Events Data", 2001; scikit-learn's {@code class_weight="balanced"}).
 *
 * @param asked what is to be known
 * @param labels the classes
 * @param place of the targets, for errors
 */
record ClassWeights(TargetWeights asked, Labels labels, String place) {
  /**
   * The weights by the names of classes.
   *
   * @param known the training part
   * @throws DataException if a weight is of a class that does not occur
   */
  TargetWeights fit(FitStatistics known) {
    if (!asked.ofClasses()) {
      return asked;
    }
    return asked.withClasses(
        asked.balance() == Balance.NONE ? named() : balanced(known.counts(asked.balance())));
  }

  private Map<String, Double> named() {
    LabelIndex index = new LabelIndex(labels);
    Map<String, Double> weights = new TreeMap<>();
    for (String name : labels.names()) {
      weights.put(name, 1.0);
    }
    asked
        .classes()
        .forEach(
            (name, weight) -> {
              int classId = index.of(name);
              if (classId < 0) {
                throw new DataException(
                    "training.class-weights must name classes of the training part",
                    DataException.quote(name),
                    place,
                    "name one of " + labels.names());
              }
              weights.put(labels.name(classId), weight);
            });
    return weights;
  }

  private Map<String, Double> balanced(Map<String, Long> counts) {
    LabelIndex index = new LabelIndex(labels);
    long[] ofClass = new long[labels.size()];
    counts.forEach(
        (label, count) -> {
          int classId = index.of(label);
          if (classId >= 0) { // an order need not hold all labels
            ofClass[classId] += count;
          }
        });
    long total = 0;
    int occurring = 0;
    for (long count : ofClass) {
      total += count;
      occurring += count > 0 ? 1 : 0;
    }
    Map<String, Double> weights = new TreeMap<>();
    for (int c = 0; c < ofClass.length; c++) {
      double weight = ofClass[c] == 0 ? 1 : (double) total / ((double) occurring * ofClass[c]);
      weights.put(labels.name(c), weight);
    }
    return weights;
  }
}

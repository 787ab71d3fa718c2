package io.hindsight.driver.config.weights;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the presence of each label counts in the loss of targets that may have any number. */
public final class PositiveWeights {
  private PositiveWeights() {}

  /** A weight for each output, as an encoding knows it by the label's name; empty without any. */
  public static List<Double> of(Encoding encoding) {
    if (!(encoding instanceof Encoding.Table table)
        || table.targetKind() != TargetKind.MULTILABEL
        || !table.side().weights().ofClasses()) {
      return List.of();
    }
    Map<String, Double> named = table.side().weights().classes();
    List<Scaling.Column> labels = table.targetScaling().orElseThrow().columns();
    List<Double> weights = new ArrayList<>();
    for (int o = 0; o < table.outputs(); o++) {
      weights.add(named.getOrDefault(labels.get(o % labels.size()).name(), 1.0));
    }
    return weights;
  }
}

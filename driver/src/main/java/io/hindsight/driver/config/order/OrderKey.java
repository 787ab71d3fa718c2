package io.hindsight.driver.config.order;

import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import java.util.List;
import java.util.Map;

/** {@code data.order}: classes from the lowest to the highest. */
public final class OrderKey {
  private static final String KEY = "order";

  private OrderKey() {}

  /** Reads the key; empty where there is none. */
  public static List<String> read(Section data, TargetKind kind) {
    if (!data.has(KEY)) {
      return List.of();
    }
    if (kind != TargetKind.ORDERED) {
      String message = "only ordered classes have an order, but target-kind is " + Words.of(kind);
      data.problem(KEY, message, "delete the line, or use target-kind: ordered");
      return List.of();
    }
    List<String> order = data.labels(KEY);
    if (order.size() == 1) {
      data.problem(KEY, "an order needs two classes", "name all, from the lowest to the highest");
    } else if (Labels.of(order).size() < order.size()) {
      data.problem(KEY, order + " has a number twice", "write each class once");
    }
    return order;
  }

  /** Writes the key if it says something. */
  public static void write(TargetSpec target, Map<String, Object> data) {
    if (!target.order().isEmpty()) {
      data.put(KEY, target.order());
    }
  }
}

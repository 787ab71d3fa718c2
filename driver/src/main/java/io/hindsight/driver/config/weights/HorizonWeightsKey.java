package io.hindsight.driver.config.weights;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** {@code training.horizon-weights}: a number for each step ahead that is predicted. */
public final class HorizonWeightsKey {
  private static final String KEY = "horizon-weights";

  private HorizonWeightsKey() {}

  /** Reads the key of a training section, nearest step first; empty where there is none. */
  public static List<Double> read(Section training) {
    if (!training.has(KEY)) {
      return List.of();
    }
    SectionNumbers numbers = new SectionNumbers(training);
    List<Double> weights = numbers.numbers(KEY, Range.NOT_NEGATIVE, "2, 1, 1");
    return training.sound(KEY) ? weights : List.of();
  }

  /**
   * The network whose loss weighs the steps ahead; weights that do not fit the data are reported.
   *
   * @param weights of the training section // (H)
   */
  public static ModelConfig applied(
      Section training, List<Double> weights, DataSpec data, ModelConfig model) {
    if (weights.isEmpty()) {
      return model;
    }
    if (!(data instanceof TableSpec table)
        || table.target().horizon().strategy() != Horizon.Strategy.DIRECT) {
      String message = "one step ahead is learned, so there are no others to weigh it against";
      training.problem(KEY, message, "delete the line, or use data.strategy: direct");
      return model;
    }
    Horizon horizon = table.target().horizon();
    if (weights.size() != horizon.outputs()) {
      String message =
          "%s for %s ahead"
              .formatted(Count.of(weights.size(), "weight"), Count.of(horizon.outputs(), "step"));
      training.problem(KEY, message, "give one for each step ahead, the nearest first");
      return model;
    }
    if (weights.stream().allMatch(weight -> weight == 0)) {
      String message = "all steps ahead count 0, so that nothing would be learned";
      training.problem(KEY, message, "use a number above 0 for one of them");
      return model;
    }
    return model.withElementWeights(ofElements(weights, table.names().targets().size()));
  }

  /** The weight of each element of a target, in the order h·O + o // (H·O). */
  private static List<Double> ofElements(List<Double> weights, int columns) {
    return weights.stream()
        .flatMap(weight -> Collections.nCopies(columns, weight).stream())
        .toList();
  }

  /** Writes the key if it says something. */
  public static void write(List<Double> weights, Map<String, Object> training) {
    if (!weights.isEmpty()) {
      training.put(KEY, weights);
    }
  }
}

package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TargetErrors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a model reaches target by target and class by class, where one figure would hide it. Maps
 * are in the order of the columns or classes.
 *
 * @param byTarget errors of each target column in its own unit; empty unless there are several
 * @param byClass figures of each class or label; empty for values and characters
 * @param confusion targets by true class (row) and answer (column), in the order of {@code
 *     byClass}; empty unless targets are classes, and for characters
 * @param byHorizon how large errors are at each of several horizons, nearest first; else empty
 */
public record Details(
    Map<String, TargetErrors> byTarget,
    Map<String, ClassFigures> byClass,
    List<List<Long>> confusion,
    List<HorizonErrors> byHorizon) {
  public Details {
    byTarget = Collections.unmodifiableMap(new LinkedHashMap<>(byTarget));
    byClass = Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
    confusion = List.copyOf(confusion);
    byHorizon = List.copyOf(byHorizon);
  }

  /** The details of a score; those of characters are left out, for there are too many. */
  public static Details of(Encoding encoding, Optional<Forecast> forecast, Scores scores) {
    return encoding instanceof Encoding.Text
        ? new Details(Map.of(), Map.of(), List.of(), List.of())
        : new Details(
            byTarget(forecast, scores),
            byClass(encoding, scores),
            scores.kind().confusion(),
            scores.kind().byHorizon());
  }

  /** The errors of each target column; empty unless there are several. */
  public static Map<String, TargetErrors> byTarget(Optional<Forecast> forecast, Scores scores) {
    Map<String, TargetErrors> byTarget = new LinkedHashMap<>();
    if (forecast.isPresent() && forecast.get().outputs() > 1) {
      for (int o = 0; o < forecast.get().outputs(); o++) {
        byTarget.put(
            forecast.get().column(o), scores.kind().errors(forecast.get().outputs()).get(o));
      }
    }
    return byTarget;
  }

  private static Map<String, ClassFigures> byClass(Encoding encoding, Scores scores) {
    List<ClassFigures> figures = scores.kind().figures();
    List<String> names = names(encoding, figures.size());
    Map<String, ClassFigures> byClass = new LinkedHashMap<>();
    for (int o = 0; o < figures.size(); o++) {
      byClass.put(names.get(o), figures.get(o));
    }
    return byClass;
  }

  /** The names of classes or labels, by their outputs // (O). */
  public static List<String> names(Encoding encoding, int outputs) {
    if (encoding instanceof Encoding.Table table) {
      return table.labels().isPresent()
          ? table.labels().get().names()
          : table.targetScaling().orElseThrow().columns().stream()
              .map(Scaling.Column::name)
              .toList();
    }
    return IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
  }
}

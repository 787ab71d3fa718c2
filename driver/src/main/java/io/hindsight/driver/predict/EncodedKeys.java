package io.hindsight.driver.predict;

import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.driver.config.missing.MissingKeys;
import io.hindsight.driver.config.missing.ScaleKeys;
import io.hindsight.driver.config.missing.TransformKey;
import io.hindsight.driver.config.yaml.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys of a section {@code data} that say how data is encoded. A stored model has values of its
 * own for them, whatever it reads; all other keys say what is read, and how it is divided.
 */
public final class EncodedKeys {
  private static final String TRANSFORM = "data." + TransformKey.KEY;
  private static final String NONE = "none";

  private EncodedKeys() {}

  /** The values that a configuration gives, by key, in the order in which they are told. */
  public static Map<String, Object> of(DataSpec spec) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (spec instanceof TableSpec table) {
      put(values, table.columns());
      put(values, table.target().horizon());
      values.put("data.difference", table.scaling().difference());
      values.put("data.scale", Words.of(table.scaling().scale()));
      values.put(TRANSFORM, TransformKey.value(table.scaling().transform()));
      put(values, table.timeRules());
      put(values, table.scaling().by());
    } else if (spec instanceof GeneratorSpec task) {
      values.put("data.name", task.name());
      values.put("data.symbols", task.symbols());
      values.put("data.horizon", task.horizon());
    }
    return values;
  }

  /** The values that an encoding has, by the same keys in the same order. */
  public static Map<String, Object> of(Encoding encoding) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (encoding instanceof Encoding.Table table) {
      put(values, table.columns());
      put(values, table.horizon());
      values.put("data.difference", table.difference());
      Stream.of(table.inputScaling(), table.side().numbers())
          .flatMap(scaling -> scaling.columns().stream())
          .findFirst()
          .ifPresent(column -> values.put("data.scale", Words.of(column.scale())));
      values.put(TRANSFORM, TransformKey.value(transform(table)));
      put(values, table.timeSteps().inputs());
      put(values, table.scaleBy());
    } else if (encoding instanceof Encoding.Generated task) {
      values.put("data.name", task.name());
      values.put("data.symbols", task.symbols());
      values.put("data.horizon", task.horizon());
    }
    return values;
  }

  private static void put(Map<String, Object> values, Horizon horizon) {
    values.put("data.horizon", horizon.steps());
    values.put("data.strategy", Words.of(horizon.strategy()));
    values.put("data.paths", horizon.paths() > 0 ? horizon.paths() : NONE);
  }

  private static Transform transform(Encoding.Table table) {
    return table.targetScaling().stream()
        .flatMap(scaling -> scaling.columns().stream())
        .findFirst()
        .map(Scaling.Column::ofTarget)
        .orElse(Transform.NONE);
  }

  private static void put(Map<String, Object> values, ScaleBy by) {
    values.put("data.scale-by", Words.of(by.kind()));
    values.put("data." + ScaleKeys.WINDOW, by.isWindow() ? by.window() : NONE);
  }

  private static void put(Map<String, Object> values, TimeRules rules) {
    values.put("data.frequency", rules.frequency().map(Frequency::toString).orElse(NONE));
    put(values, rules.gaps(), rules.elapsed(), rules.calendar());
  }

  private static void put(Map<String, Object> values, TimeInputs inputs) {
    values.put("data.frequency", inputs.frequency().map(Frequency::toString).orElse(NONE));
    put(values, inputs.gaps(), inputs.elapsed().isPresent(), inputs.calendar());
  }

  private static void put(
      Map<String, Object> values, Gaps gaps, boolean elapsed, List<CalendarField> calendar) {
    values.put("data.gaps", Words.of(gaps));
    values.put("data.elapsed", elapsed);
    values.put("data.calendar", calendar.stream().map(field -> Words.of(field)).toList());
  }

  private static void put(Map<String, Object> values, ReadColumns columns) {
    SideColumns side = columns.side().inOrder();
    values.put("data.inputs", columns.inputs());
    values.put("data.future", columns.side().future());
    values.put("data.missing", MissingKeys.word(columns.missing()));
    values.put("data.categories", side.categories());
    values.put("data.static", side.statics());
    values.put("data.weight", side.weights().column());
    values.put("data.targets", columns.targets());
    values.put("data.target-kind", Words.of(columns.kind()));
  }
}

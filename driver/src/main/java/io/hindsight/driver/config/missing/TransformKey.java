package io.hindsight.driver.config.missing;

import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code data.target-transform}: {@code none}, {@code log1p}, or {@code box-cox} with its λ. */
public final class TransformKey {
  /** The key. */
  public static final String KEY = "target-transform";

  private static final String NONE = "none";
  private static final String LOG1P = "log1p";
  private static final String BOX_COX = "box-cox";
  private static final double LARGEST_POWER = 5;

  private TransformKey() {}

  /** Reads the key, and refuses what does not go with it. */
  public static Transform read(Section data, Scale scale, TargetKind kind) {
    Transform transform = transform(data);
    if (transform.equals(Transform.NONE) || !data.sound(KEY)) {
      return Transform.NONE;
    }
    if (kind != TargetKind.VALUE) {
      String message = "only values are transformed, but target-kind is " + Words.of(kind);
      data.problem(KEY, message, "delete the line");
    } else if (scale.isLogarithm()) {
      String message = "scale: " + Words.of(scale) + " makes a logarithm of targets already";
      data.problem(KEY, message, "delete the line, or use another scale");
    }
    return transform;
  }

  private static Transform transform(Section data) {
    if (data.has(KEY) && data.value(KEY).filter(Mapping.class::isInstance).isPresent()) {
      Section power = data.section(KEY);
      power.require(BOX_COX, "give the power, as in {box-cox: 0.5}");
      Optional<Double> lambda =
          new SectionNumbers(power).number(BOX_COX, Range.between(0, LARGEST_POWER));
      return lambda.<Transform>map(Transform.BoxCox::new).orElse(Transform.NONE);
    }
    Optional<String> word = data.oneOf(KEY, List.of(NONE, LOG1P));
    return word.filter(LOG1P::equals).isPresent() ? Transform.LOG1P : Transform.NONE;
  }

  /** Writes the key if it says something. */
  public static void write(Transform transform, Map<String, Object> data) {
    if (!transform.equals(Transform.NONE)) {
      data.put(KEY, value(transform));
    }
  }

  /** The value of the key. */
  public static Object value(Transform transform) {
    if (transform instanceof Transform.BoxCox power) {
      return Map.of(BOX_COX, power.lambda());
    }
    return transform instanceof Transform.Log1p ? LOG1P : NONE;
  }
}

package io.hindsight.driver.config.section;

import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code data.split} section. */
final class SplitSection {
  private SplitSection() {}

  /**
   * Reads the parts.
   *
   * @param usual what is divided if nothing is said
   * @param only why nothing else can be divided, if so
   * @param test the test part if nothing is said
   */
  static Split read(Section data, Split.By usual, Optional<String> only, double test) {
    Section section = data.section("split");
    Split.By by = section.choice("by", Split.By.class).orElse(usual);
    if (only.isPresent() && by != usual) {
      String word = Words.of(usual);
      section.problem("by", only.get() + " and can only be divided by " + word, "use " + word);
    }
    Split split = new Split(by, part(section, "validation", 0.1), part(section, "test", test));
    double shares = share(split.validation()) + share(split.test());
    if (shares >= 1) {
      String sum = Decimal.of(split.validation()) + " + " + Decimal.of(split.test());
      section.problem(
          section.has("test") ? "test" : "validation",
          "validation and test are " + sum + " of the data and leave nothing to train on",
          "let the two shares sum to less than 1");
    }
    return split;
  }

  private static double share(double part) {
    return part < 1 ? part : 0;
  }

  private static double part(Section section, String key, double fallback) {
    Optional<Double> part = new SectionNumbers(section).number(key, Range.NOT_NEGATIVE);
    if (part.isPresent() && !Split.isSize(part.get())) {
      section.problem(
          key,
          Decimal.of(part.get()) + " is neither a share nor a count",
          "use a share that is less than 1, or a whole number of steps or sequences");
      return fallback;
    }
    return part.orElse(fallback);
  }

  /** Writes the section. */
  static Map<String, Object> write(Split split) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("by", Words.of(split.by()));
    section.put("validation", split.validation());
    section.put("test", split.test());
    return section;
  }
}

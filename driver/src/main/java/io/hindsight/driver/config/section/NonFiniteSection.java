package io.hindsight.driver.config.section;

import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.OnNonFinite.Fail;
import io.hindsight.driver.config.OnNonFinite.Rollback;
import io.hindsight.driver.config.OnNonFinite.Skip;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code training.on-non-finite} and, for a rollback, the section {@code training.rollback}. */
final class NonFiniteSection {
  private static final String KEY = "on-non-finite";
  private static final String ROLLBACK = "rollback";
  private static final List<String> WORDS = List.of("fail", "skip", ROLLBACK);

  private NonFiniteSection() {}

  /** Reads both. */
  static OnNonFinite read(Section training) {
    String word = training.oneOf(KEY, WORDS).orElse("fail");
    boolean hasSection = training.has(ROLLBACK);
    if (!word.equals(ROLLBACK)) {
      if (hasSection && training.sound(KEY)) {
        training.refuse(
            ROLLBACK,
            "belongs to on-non-finite: rollback, but it is " + word,
            "set on-non-finite: rollback, or delete the section");
      }
      return word.equals("skip") ? new Skip() : new Fail();
    }
    if (!training.has("checkpoint")) {
      training.problem(
          KEY,
          "rollback goes back to a checkpoint, but none is written",
          "add the section training.checkpoint");
    }
    return rollback(training.section(ROLLBACK));
  }

  private static Rollback rollback(Section section) {
    SectionNumbers numbers = new SectionNumbers(section);
    return new Rollback(
        numbers.number("rate-factor", Range.INNER_FRACTION).orElse(Rollback.DEFAULT_RATE_FACTOR),
        numbers.integer("times", Range.atLeast(1)).orElse(Rollback.DEFAULT_TIMES));
  }

  /** Writes both. */
  static void write(OnNonFinite policy, Map<String, Object> training) {
    if (policy instanceof Rollback rollback) {
      training.put(KEY, ROLLBACK);
      Map<String, Object> section = new LinkedHashMap<>();
      section.put("rate-factor", rollback.rateFactor());
      section.put("times", rollback.times());
      training.put(ROLLBACK, section);
    } else {
      training.put(KEY, policy instanceof Skip ? "skip" : "fail");
    }
  }
}

package io.hindsight.driver.config.parts;

import io.hindsight.datasets.spec.Embargo;
import io.hindsight.datasets.spec.Split;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.Map;
import java.util.Optional;

/** {@code data.split.embargo}: how many steps before a part no other part has. */
final class EmbargoKey {
  private static final String KEY = "embargo";

  private EmbargoKey() {}

  /** Refuses the key where no table is divided. */
  static void refuse(Section split) {
    split.refuse(KEY, "only of a table steps between the parts are left out", "delete it");
  }

  /** Reads the key: a number of steps, or a duration. */
  static Embargo read(Section data, Section split) {
    if (!split.isText(KEY)) {
      Optional<Integer> steps = new SectionNumbers(split).integer(KEY, Range.atLeast(0));
      return steps.<Embargo>map(Embargo.Steps::new).orElse(Embargo.NONE);
    }
    String text = split.text(KEY).orElse("");
    Optional<Embargo> duration = Embargo.ofDuration(text);
    if (duration.isEmpty() && split.sound(KEY)) {
      split.problem(
          KEY,
          "'" + text + "' is no duration",
          "write 7d, 12h, 1mo, or another number of s, min, h, d, w, mo, q or y; or a number of steps");
    } else if (!data.has("time") && split.sound(KEY)) {
      split.problem(
          KEY,
          "there is no data.time, which tells how far steps are apart",
          "give a number of steps, or name the column of times in data.time");
    }
    return duration.orElse(Embargo.NONE);
  }

  /** The parts with the steps between them left out, if there are parts that have some before. */
  static Split applied(Section section, Embargo embargo, Split split) {
    if (embargo.isNone()) {
      return split;
    }
    if (split.by() == Split.By.ID) {
      section.problem(
          KEY,
          "split by id, parts are whole sequences, which no step of another part lies before",
          "delete it, or use by: time");
    } else if (!split.hasValidation() && !split.hasTest() && section.sound("test")) {
      section.problem(
          KEY,
          "there is no validation or test part, before which steps are left out",
          "delete it, or give a part a size");
    }
    return split.with(new Split.Margins(embargo, 0));
  }

  /** Writes the key if it says something. */
  static void write(Embargo embargo, Map<String, Object> split) {
    if (!embargo.isNone()) {
      split.put(KEY, embargo instanceof Embargo.Steps steps ? steps.count() : embargo.toString());
    }
  }
}

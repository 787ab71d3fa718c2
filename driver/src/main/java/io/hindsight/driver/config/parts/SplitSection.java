package io.hindsight.driver.config.parts;

import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.spec.Embargo;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.Split.Dates;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code data.split} section. */
public final class SplitSection {
  private static final List<String> SIZES = List.of("validation", "test");
  private static final List<String> DATES = List.of("validation-from", "test-from");

  private SplitSection() {}

  /**
   * Reads the parts of what is no table.
   *
   * @param usual what is divided if nothing is said
   * @param only why nothing else can be divided, if so
   * @param test the test part if nothing is said
   */
  public static Split read(Section data, Split.By usual, Optional<String> only, double test) {
    Section section = data.section("split");
    EmbargoKey.refuse(section);
    PartColumnKeys.refuse(section, "only the rows of a table have columns", "delete it");
    return parts(data, section, by(section, usual), usual, only, test);
  }

  private static Split.By by(Section section, Split.By usual) {
    return section.choice("by", Split.By.class).orElse(usual);
  }

  private static Split parts(
      Section data,
      Section section,
      Split.By by,
      Split.By usual,
      Optional<String> only,
      double test) {
    if (by == Split.By.DATE && data.has("time") && (only.isEmpty() || usual != Split.By.ID)) {
      return byDate(section);
    }
    section.refuseAll(DATES, "belongs to by: date", "delete it, or use by: date");
    if (by == Split.By.DATE && !data.has("time")) {
      String message = "there is no data.time, whose dates are divided";
      section.problem("by", message, "use " + Words.of(usual));
    } else if (only.isPresent() && by != usual) {
      String word = Words.of(usual);
      section.problem("by", only.get() + " and can only be divided by " + word, "use " + word);
    }
    return sized(section, by == Split.By.DATE ? usual : by, test);
  }

  /**
   * Reads the parts of a table, between which steps may be left out.
   *
   * @param usual what is divided if nothing is said
   * @param only why nothing else can be divided, if so; a table always by a column, and one by time
   *     still by date
   */
  public static Split table(Section data, Split.By usual, Optional<String> only) {
    Section section = data.section("split");
    Embargo embargo = EmbargoKey.read(data, section);
    return EmbargoKey.applied(section, embargo, tableParts(data, section, usual, only));
  }

  private static Split tableParts(
      Section data, Section section, Split.By usual, Optional<String> only) {
    Split.By by = by(section, usual);
    if (by != Split.By.COLUMN) {
      PartColumnKeys.refuse(section, "belongs to by: column", "delete it, or use by: column");
      return parts(data, section, by, usual, only, 0.1);
    }
    section.refuseAll(
        SIZES, "parts that a column tells have no size", "delete it, or use by: time");
    section.refuseAll(DATES, "belongs to by: date", "delete it, or use by: date");
    return PartColumnKeys.read(section).map(Split::byColumn).orElse(new Split(usual, 0.1, 0.1));
  }

  private static Split byDate(Section section) {
    String message = "parts by date begin at points in time and have no size";
    section.refuseAll(SIZES, message, "delete it, or use by: time");
    if (DATES.stream().filter(section::has).count() == 0) {
      section.require(
          "validation-from", "say when the validation part begins, as 2026-01-31T00:00:00Z");
    }
    Instant test = WindowSection.instant(section, "test-from").orElse(Instant.MAX);
    if (!section.has("validation-from")) {
      return Split.byDate(new Dates(test, test));
    }
    Instant validation = WindowSection.instant(section, "validation-from").orElse(Instant.MIN);
    if (!validation.isBefore(test)) {
      String order = "the test part begins at %s, validation at %s".formatted(test, validation);
      section.problem("test-from", order, "let it begin after validation");
      return Split.byDate(new Dates(validation, Instant.MAX));
    }
    return Split.byDate(new Dates(validation, test));
  }

  private static Split sized(Section section, Split.By by, double test) {
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
  public static Map<String, Object> write(Split split) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("by", Words.of(split.by()));
    if (split.by() == Split.By.COLUMN) {
      PartColumnKeys.write(split.column(), section);
    } else if (split.by() == Split.By.DATE) {
      if (split.hasValidation()) {
        section.put("validation-from", split.dates().validationFrom().toString());
      }
      if (split.hasTest()) {
        section.put("test-from", split.dates().testFrom().toString());
      }
    } else {
      section.put("validation", split.validation());
      section.put("test", split.test());
    }
    EmbargoKey.write(split.margins().embargo(), section);
    return section;
  }
}

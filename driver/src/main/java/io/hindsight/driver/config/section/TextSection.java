package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.driver.config.parts.SplitSection;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.util.Map;
import java.util.Optional;

/** The {@code data} section of a text. */
final class TextSection {
  private TextSection() {}

  /** Reads the section. */
  static TextSpec read(Section data) {
    data.require("path", "name a UTF-8 text, for example with --set data.path=FILE");
    Optional<String> path = data.text("path");
    path.ifPresent(location -> Secrets.refuseLocation(data, "path", location));
    Optional<String> unit = data.text("unit");
    if (unit.isPresent() && !unit.get().equals("character")) {
      String message = "'" + unit.get() + "' is not available in this version";
      data.problem("unit", message, "use character");
    }
    Optional<String> only = Optional.of("a text is one sequence");
    Split split = SplitSection.read(data, Split.By.TIME, only, 0);
    Unknown unknown = data.choice("unknown", Unknown.class).orElse(Unknown.REFUSE);
    return new TextSpec(path.orElse(""), split, unknown, rare(data, unknown));
  }

  /** How often training must see a character that the unknown ones do not stand beside. */
  private static int rare(Section data, Unknown unknown) {
    if (unknown != Unknown.TOKEN) {
      data.refuse("rare", "rare characters need unknown: token", "delete the line");
      return TextSpec.ALL;
    }
    return new SectionNumbers(data).integer("rare", Range.atLeast(1)).orElse(TextSpec.USUALLY_RARE);
  }

  /** Writes the keys of the text. */
  static void write(TextSpec text, Map<String, Object> data) {
    data.put("format", "text");
    data.put("path", text.path());
    data.put("unit", "character");
    data.put("unknown", Words.of(text.unknown()));
    if (text.unknown() == Unknown.TOKEN) {
      data.put("rare", text.rare());
    }
  }
}

package io.hindsight.driver.config.section;

import io.hindsight.driver.config.TrainingConfig.EarlyStoppingConfig;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code training.early-stopping} section. */
final class EarlyStoppingSection {
  private static final Range COUNT = Range.atLeast(1);

  private EarlyStoppingSection() {}

  /** Reads the section; absent if it is not there. */
  static Optional<EarlyStoppingConfig> read(Section training) {
    Section section = training.section("early-stopping");
    SectionNumbers own = new SectionNumbers(section);
    section.require("patience", "give the validations to wait for an improvement");
    int patience = own.integer("patience", COUNT).orElse(1);
    double minDelta = own.number("min-delta", Range.NOT_NEGATIVE).orElse(0.0);
    return section.present()
        ? Optional.of(new EarlyStoppingConfig(patience, minDelta))
        : Optional.empty();
  }

  /** Writes the section. */
  static Map<String, Object> write(EarlyStoppingConfig stop) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("patience", stop.patience());
    section.put("min-delta", stop.minDelta());
    return section;
  }
}

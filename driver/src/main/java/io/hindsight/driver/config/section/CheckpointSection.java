package io.hindsight.driver.config.section;

import io.hindsight.driver.config.TrainingConfig.CheckpointConfig;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code training.checkpoint} section. */
final class CheckpointSection {
  private static final Range COUNT = Range.atLeast(1);

  private CheckpointSection() {}

  /** Reads the section; absent if it is not there. */
  static Optional<CheckpointConfig> read(Section training) {
    Section section = training.section("checkpoint");
    SectionNumbers own = new SectionNumbers(section);
    section.require("every-steps", "give the steps between checkpoints");
    int every = own.integer("every-steps", COUNT).orElse(1);
    int keep = own.integer("keep", COUNT).orElse(3);
    return section.present() ? Optional.of(new CheckpointConfig(every, keep)) : Optional.empty();
  }

  /** Writes the section. */
  static Map<String, Object> write(CheckpointConfig checkpoint) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("every-steps", checkpoint.everySteps());
    section.put("keep", checkpoint.keep());
    return section;
  }
}

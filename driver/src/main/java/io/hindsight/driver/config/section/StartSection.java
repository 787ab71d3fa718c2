package io.hindsight.driver.config.section;

import io.hindsight.driver.config.TrainingConfig.StartConfig;
import io.hindsight.driver.config.TrainingConfig.StartEncoding;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import java.util.Map;
import java.util.Optional;

/** The keys of the {@code training} section that name a model to start from. */
final class StartSection {
  private static final String FROM = "start-from";
  private static final String ENCODING = "encoding";

  private StartSection() {}

  /** Reads the keys. */
  static Optional<StartConfig> read(Section training) {
    Optional<String> from = training.text(FROM);
    from.ifPresent(location -> Secrets.refuseLocation(training, FROM, location));
    Optional<StartEncoding> encoding = training.choice(ENCODING, StartEncoding.class);
    if (encoding.isPresent() && !training.has(FROM)) {
      String remedy = "name a model directory or a registry in start-from, or delete the line";
      training.problem(ENCODING, "there is no model to start from", remedy);
    }
    return from.map(place -> new StartConfig(place, encoding.orElse(StartConfig.DEFAULT_ENCODING)));
  }

  /** Writes the keys. */
  static void write(StartConfig start, Map<String, Object> training) {
    training.put(FROM, start.from());
    training.put(ENCODING, Words.of(start.encoding()));
  }

  /** Has the section tell whether there is a model, not where: its weights are the same there. */
  static void withoutPlace(Map<String, Object> training) {
    training.computeIfPresent(FROM, (key, place) -> "given");
  }
}

package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.model.DescriptionFuzz;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.util.List;

/** {@code model.json}: encoding, configuration, and whether they are of one model. */
public final class ModelJsonFuzz {
  private ModelJsonFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(
        input,
        ModelJsonFuzz::parse,
        ModelException.class,
        DataException.class,
        ConfigException.class);
  }

  private static void parse(byte[] input) {
    ModelDescription model = DescriptionFuzz.read(input);
    Encoding encoding = Encoding.fromJson(model.encoding());
    if (!Encoding.fromJson(encoding.toJson()).equals(encoding)) {
      throw new AssertionError("another encoding when read again: " + encoding);
    }
    RunConfig config = ConfigReader.read(model.config(), "model.json", List.of());
    ModelChecks.requireOneModel("model.json", model, encoding, config);
  }
}

package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelFolder;
import java.io.IOException;

/** Makes champions of models that a test has trained. */
public final class TestVersions {
  private TestVersions() {}

  /** Publishes a model as a version, and makes it the champion. */
  public static void promote(String registry, String id, String model) throws IOException {
    ModelFolder folder = RegistryAccess.model(model);
    RegistryAccess.begin(
        registry,
        "test",
        writer -> {
          writer.publish(id, folder, Registries.blessed(), TrainingData.of(folder.description()));
          return writer.promote(id, false, "better");
        });
  }
}

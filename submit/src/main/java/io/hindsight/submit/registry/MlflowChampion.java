package io.hindsight.submit.registry;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.monitoring.mlflow.ModelRegistration;
import io.hindsight.driver.registry.RegistryAccess;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells MLflow which version is the champion, where the configuration that it was trained with
 * names a server. It is our registry that counts: what goes wrong here is a warning.
 */
final class MlflowChampion {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowChampion.class);

  private MlflowChampion() {}

  /** Tells of a version that has become the champion; its weights are not read. */
  static void tell(String registry, String version) {
    try {
      String model = RegistryAccess.read(registry, open -> open.describe(version)).model();
      String yaml = RegistryAccess.model(model).description().config();
      RunConfig config = ConfigReader.read(yaml, model, List.of());
      config
          .output()
          .mlflow()
          .ifPresent(
              server -> ModelRegistration.on(server.address()).champion(config.name(), version));
    } catch (RuntimeException e) {
      LOG.warn("MLflow was not told that {} is the champion: {}", version, e.getMessage());
    }
  }
}

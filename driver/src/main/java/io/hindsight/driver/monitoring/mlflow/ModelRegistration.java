package io.hindsight.driver.monitoring.mlflow;

import io.hindsight.driver.directory.RunDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a server's model registry of a version that a retraining published, and which one is the
 * champion. It is our registry that counts, so what goes wrong here is a warning.
 */
public final class ModelRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistration.class);
  private static final String CHAMPION = "champion";
  private static final String VERSION = "hindsight.version";

  private final RestClient client;

  ModelRegistration(RestClient client) {
    this.client = client;
  }

  /** On the server of an address. */
  public static ModelRegistration on(String address) {
    return new ModelRegistration(RestClient.of(address));
  }

  /**
   * Registers a version.
   *
   * @param model the registered model's name
   * @param training directory of the run that trained it
   * @param ours its name in our registry
   * @param facts what else is known of it
   * @param champion whether it is the champion now
   */
  public void register(
      String model,
      RunDirectory training,
      String ours,
      Map<String, String> facts,
      boolean champion) {
    Map<String, String> tags = new TreeMap<>(facts);
    tags.put(VERSION, ours);
    try {
      Optional<RunRecord> run = RunRecord.read(training);
      if (run.isEmpty()) {
        LOG.warn("MLflow at {} knows no run of {}", client.address(), training.location());
        return;
      }
      TrackingServer server = new TrackingServer(client);
      Optional<String> known = server.version(model, run.get()); // told before a kill
      String version = known.isPresent() ? known.get() : server.newVersion(model, run.get(), tags);
      if (champion) {
        server.alias(model, CHAMPION, version);
      }
      LOG.info("MLflow at {}: {} has version {}", client.address(), model, version);
    } catch (IOException | RuntimeException e) {
      LOG.warn("MLflow at {} was not told of a version: {}", client.address(), e.getMessage());
    }
  }

  /**
   * Lets {@code champion} mean another version that was registered once.
   *
   * @param model the registered model's name
   * @param ours the version's name in our registry
   */
  public void champion(String model, String ours) {
    try {
      TrackingServer server = new TrackingServer(client);
      Optional<String> version = server.version(model, VERSION, ours);
      if (version.isEmpty()) {
        LOG.warn(
            "MLflow at {}: {} has no version of {}, so its champion stays what it was",
            client.address(),
            model,
            ours);
        return;
      }
      server.alias(model, CHAMPION, version.get());
      LOG.info("MLflow at {}: the champion of {} is {}", client.address(), model, version.get());
    } catch (IOException | RuntimeException e) {
      LOG.warn("MLflow at {} was not told of the champion: {}", client.address(), e.getMessage());
    }
  }
}

package io.hindsight.driver.retrain;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.StartConfig;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.Attempt;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the weights of a candidate start: decided once for a run, from what the champion is then.
 */
record StartingPoint(Registry registry, RetrainRequest.Start start) {
  private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

  /** Decides. */
  Attempt decide(String configSha256, String snapshotSha256) throws IOException {
    Attempt cold = new Attempt(configSha256, snapshotSha256, Optional.empty(), 0);
    Optional<Pointer> champion =
        start.fromChampion() && registry.exists() ? registry.state() : Optional.empty();
    if (champion.isEmpty()) {
      return cold;
    }
    Version version = registry.describe(champion.get());
    long warmStarts = Origin.warmStarts(version) + 1;
    if (start.coldEvery() > 0 && warmStarts >= start.coldEvery()) {
      LOG.info("starts from random weights, as every {} runs", start.coldEvery());
      return cold;
    }
    return new Attempt(configSha256, snapshotSha256, Optional.of(version.id()), warmStarts);
  }

  /** The configuration that trains so. */
  RunConfig applyTo(RunConfig config, Attempt decided) throws IOException {
    if (decided.champion().isEmpty()) {
      return config;
    }
    String model = registry.describe(decided.champion().get()).model();
    return config.startingFrom(new StartConfig(model, StartConfig.DEFAULT_ENCODING));
  }
}

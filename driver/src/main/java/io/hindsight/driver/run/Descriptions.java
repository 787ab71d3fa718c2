package io.hindsight.driver.run;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.score.Majority;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.kernels.math.choice.OpsProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a model says of where it came from. */
final class Descriptions {
  private Descriptions() {}

  static ModelDescription of(RunConfig config, RunData data, Optional<WarmStart> start) {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("java", System.getProperty("java.version"));
    versions.put("spark", Sessions.sparkVersion());
    versions.put("hindsight", ProgramVersion.text());
    return new ModelDescription(
        data.spec(),
        data.encoded().encoding().toJson(),
        ResolvedConfig.toYaml(config),
        ResolvedConfig.hash(config),
        data.encoded().fingerprint(),
        start.map(WarmStart::parentSha256),
        versions,
        metadata(data));
  }

  private static Map<String, String> metadata(RunData data) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("implementation", OpsProvider.get().name());
    Majority.of(data).ifPresent(majority -> metadata.put(Majority.KEY, majority.text()));
    return metadata;
  }
}

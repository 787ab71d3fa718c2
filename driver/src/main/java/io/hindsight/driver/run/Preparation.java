package io.hindsight.driver.run;

import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.kernels.network.InputSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encoded data that was made for many runs, before any of them.
 *
 * @param location its folder
 * @param fingerprint of the data
 * @param parts what each of them has
 */
public record Preparation(String location, String fingerprint, Map<Part, Extent> parts) {
  /**
   * How large a part is.
   *
   * @param sequences how many it has
   * @param steps of all its sequences, those before its own of which it needs the history, too
   * @param bytes of inputs and targets of those steps
   */
  public record Extent(int sequences, long steps, long bytes) {}

  /**
   * Makes it, unless it is there.
   *
   * @throws ConfigException if the configuration names no place for it
   * @throws io.hindsight.datasets.DataException if it cannot be made, or what is there is damaged
   */
  public static Preparation of(RunConfig config) {
    if (config.store().isEmpty()) {
      throw ConfigException.of(
          "data.store",
          "there is no place to keep the data in; name one with --store URI, or in data.store");
    }
    try (Sessions session = Sessions.forRun(config)) {
      Optional<WarmStart> start = WarmStart.of(config);
      DataStore store = session.dataStore(config);
      EncodedData data = WarmStart.read(start, config, new Reading(), store).encoded();
      Map<Part, Extent> parts = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        parts.put(part, extent(data, data.parts().of(part)));
      }
      DataStore used = WarmStart.kept(start).map(store::keeping).orElse(store);
      String location = used.shared().orElseThrow().location(data.fingerprint());
      return new Preparation(location, data.fingerprint(), parts);
    }
  }

  private static Extent extent(EncodedData data, SequenceList part) {
    boolean classes = data.encoding() instanceof Encoding.Table of && of.labels().isPresent();
    long steps = 0;
    for (int i = 0; i < part.size(); i++) {
      steps += part.length(i);
    }
    InputSpec input = data.input();
    long ofStep = (long) Double.BYTES * input.features() + Integer.BYTES * input.stepCategories();
    ofStep += classes ? Integer.BYTES : (long) Double.BYTES * data.outputs();
    long own = (long) Double.BYTES * input.statics() + Integer.BYTES * input.sequenceCategories();
    return new Extent(part.size(), steps, steps * ofStep + part.size() * own);
  }
}

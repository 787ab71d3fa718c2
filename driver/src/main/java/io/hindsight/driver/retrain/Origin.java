package io.hindsight.driver.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.Attempt;
import io.hindsight.driver.retrain.folder.SourceState;
import java.io.IOException;

/** What {@code data.json} of a version tells of the retraining that made it. */
final class Origin {
  static final String FROM = "from";
  static final String TO = "to";
  private static final String WARM_STARTS = "warm_starts";

  private Origin() {}

  static ObjectNode of(RunPlan plan, SourceState source, Attempt decided) throws IOException {
    ObjectNode origin = Json.object().put("run_key", plan.key().text());
    origin.put(FROM, plan.window().from().toString()).put(TO, plan.window().to().toString());
    origin.put("snapshot_sha256", source.sha256());
    source.version().ifPresent(version -> origin.put("table_version", version.version()));
    origin.put("start", decided.champion().orElse(null));
    return origin.put(WARM_STARTS, decided.warmStarts());
  }

  /** How many trainings in a row started from the one before, with that of this version. */
  static long warmStarts(Version version) {
    return version.data().source().path(WARM_STARTS).asLong();
  }
}

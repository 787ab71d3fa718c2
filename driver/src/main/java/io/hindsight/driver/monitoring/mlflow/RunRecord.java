package io.hindsight.driver.monitoring.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code mlflow.json} of a run directory: which run of the server it is, so that a run that goes on
 * is the same there.
 *
 * <pre>
 * {"run_id": "…", "artifact_uri": "…", "presented": true, "sent": 120}
 * </pre>
 *
 * @param id of the run on the server
 * @param artifacts where the server keeps its files
 * @param presented whether the server has its parameters
 * @param sent updates up to which the server has all figures
 */
record RunRecord(String id, String artifacts, boolean presented, long sent) {
  /** A run that the server has just begun. */
  RunRecord(String id, String artifacts) {
    this(id, artifacts, false, 0);
  }

  RunRecord asPresented() {
    return new RunRecord(id, artifacts, true, sent);
  }

  RunRecord sentTo(long updates) {
    return new RunRecord(id, artifacts, presented, Math.max(sent, updates));
  }

  void write(RunDirectory directory) throws IOException {
    ObjectNode json = Json.object();
    json.put("run_id", id).put("artifact_uri", artifacts);
    json.put("presented", presented).put("sent", sent);
    directory.storage().replace(directory.mlflow(), Json.pretty(json));
  }

  /** What a directory says; absent if it says nothing, or nothing that can be understood. */
  static Optional<RunRecord> read(RunDirectory directory) throws IOException {
    if (!directory.storage().exists(directory.mlflow())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = directory.storage().read(directory.mlflow());
      JsonNode json = Json.parse(bytes, directory.mlflow());
      String id = json.path("run_id").asText();
      return id.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new RunRecord(
                  id,
                  json.path("artifact_uri").asText(),
                  json.path("presented").asBoolean(),
                  json.path("sent").asLong()));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }
}

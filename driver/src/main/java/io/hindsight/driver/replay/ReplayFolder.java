package io.hindsight.driver.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.checkpoint.StateCopy;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointFolder;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileContent;
import io.hindsight.driver.train.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A step with all it is computed from: a checkpoint, and beside it
 *
 * <pre>
 *   minibatch.jsonl   a line per lane, see {@link LaneJson}
 *   replay.json       {"format": "hindsight-replay", "format_version": 1, "slots": n,
 *                      "steps_per_epoch": n, "truncation": k, "learning_rate": η, "reason": "…"}
 * </pre>
 *
 * @param checkpoint the state before the step
 * @param lanes of the minibatch, those that are not empty
 * @param slots of the minibatch that have sequences
 * @param stepsPerEpoch of the run
 * @param truncation steps that gradients flow back
 * @param learningRate of the step
 * @param reason what was not finite
 */
public record ReplayFolder(
    Checkpoint checkpoint,
    List<LaneJson> lanes,
    int slots,
    long stepsPerEpoch,
    int truncation,
    double learningRate,
    String reason) {
  private static final String MINIBATCH = "minibatch.jsonl";
  private static final String REPLAY = "replay.json";
  private static final String FORMAT = "hindsight-replay";
  private static final int VERSION = 1;

  public ReplayFolder {
    lanes = List.copyOf(lanes);
  }

  /** Writes such folders beside each other. */
  public record Writer(Storage storage, String parent, ModelDescription description) {
    /** Makes the checkpoint of a state. */
    Checkpoint checkpoint(TrainingState state) {
      return new StateCopy(description).take(state);
    }

    /** The folder of a step. */
    String location(long step) {
      return String.format(Locale.ROOT, "%s/step-%09d", parent, step);
    }

    /** Writes one, unless the step has one: a run that repeats a step repeats its bits. */
    void write(ReplayFolder replay) throws IOException {
      String location = location(replay.checkpoint.step());
      if (!storage.exists(location)) {
        CheckpointFolder.write(storage, location, replay.checkpoint, replay.files());
      }
    }
  }

  private SortedMap<String, FileContent> files() {
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("slots", slots).put("steps_per_epoch", stepsPerEpoch).put("truncation", truncation);
    json.put("learning_rate", learningRate).put("reason", reason);
    SortedMap<String, FileContent> files = new TreeMap<>();
    files.put(REPLAY, out -> out.write(Json.pretty(json)));
    files.put(
        MINIBATCH,
        out -> {
          for (LaneJson lane : lanes) {
            out.write((lane.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    return files;
  }

  /**
   * Reads one.
   *
   * @throws io.hindsight.driver.model.ModelException if it is none, or damaged
   */
  static ReplayFolder read(Storage storage, String location) throws IOException {
    CheckpointFolder folder = CheckpointFolder.open(storage, location);
    String where = folder.where(REPLAY);
    if (!folder.has(REPLAY)) {
      throw new ModelException(
          ModelException.Kind.NO_STEP, location + " holds no step that was not finite");
    }
    JsonNode json = Json.parse(folder.bytes(REPLAY), where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    JsonNode rate = json.path("learning_rate");
    if (!rate.isNumber()) {
      throw Json.corrupt(where, "needs 'learning_rate' as a number");
    }
    return new ReplayFolder(
        folder.checkpoint(),
        lanes(folder),
        (int) Math.min(Integer.MAX_VALUE, Json.integer(json, "slots", where)),
        Math.max(1, Json.integer(json, "steps_per_epoch", where)),
        (int) Math.min(Integer.MAX_VALUE, Math.max(1, Json.integer(json, "truncation", where))),
        rate.doubleValue(),
        Json.text(json, "reason", where));
  }

  private static List<LaneJson> lanes(CheckpointFolder folder) throws IOException {
    List<LaneJson> lanes = new ArrayList<>();
    String text = new String(folder.bytes(MINIBATCH), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      String where = "%s, line %d".formatted(folder.where(MINIBATCH), lanes.size() + 1);
      lanes.add(LaneJson.parse(line.getBytes(StandardCharsets.UTF_8), where));
    }
    return lanes;
  }
}

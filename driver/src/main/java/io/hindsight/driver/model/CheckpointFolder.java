package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileContent;
import java.io.IOException;
import java.util.SortedMap;

/**
 * A folder that holds a checkpoint, and perhaps more files.
 *
 * <pre>
 *   weights.safetensors, optimizer.safetensors, model.json   as in a model
 *   state.json             {"format": "hindsight-state", "format_version": 1,
 *                           "step": n, "optimizer_step": n, "state": {…}}
 *   state.safetensors      the loop's arrays
 *   MANIFEST.json          written last
 * </pre>
 */
public final class CheckpointFolder {
  private static final String STATE = "state.json";
  private static final String ARRAYS = "state.safetensors";
  private static final String FORMAT = "hindsight-state";
  private static final int VERSION = 1;

  private final ImmutableDirectory directory;

  private CheckpointFolder(ImmutableDirectory directory) {
    this.directory = directory;
  }

  /**
   * Writes one.
   *
   * @param more files beside the checkpoint's own, by name
   * @throws ModelException if it is there already
   */
  public static void write(
      Storage storage, String location, Checkpoint checkpoint, SortedMap<String, FileContent> more)
      throws IOException {
    SortedMap<String, FileContent> files =
        ModelFiles.of(checkpoint.description(), checkpoint.parameters());
    files.put(ModelFiles.OPTIMIZER, ModelFiles.vectors(checkpoint.slots()));
    files.put(ARRAYS, ModelFiles.vectors(checkpoint.arrays()));
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("step", checkpoint.step()).put("optimizer_step", checkpoint.optimizerStep());
    json.set("state", checkpoint.state());
    files.put(STATE, out -> out.write(Json.pretty(json)));
    files.putAll(more);
    ImmutableDirectory.write(storage, location, files);
  }

  /**
   * Opens one and verifies every file.
   *
   * @throws ModelException if it is not what its manifest says
   */
  public static CheckpointFolder open(Storage storage, String location) throws IOException {
    return new CheckpointFolder(ImmutableDirectory.open(storage, location));
  }

  /**
   * The checkpoint.
   *
   * @throws ModelException if its files contradict each other
   */
  public Checkpoint checkpoint() throws IOException {
    StoredModel model = ModelFiles.read(directory);
    String where = directory.where(STATE);
    JsonNode json = Json.parse(directory.bytes(STATE), where);
    Json.requireVersion(json, FORMAT, VERSION, where);
    return new Checkpoint(
        Json.integer(json, "step", where),
        model.description(),
        model.parameters(),
        Json.integer(json, "optimizer_step", where),
        ModelFiles.vectors(directory, ModelFiles.OPTIMIZER),
        json.path("state"),
        ModelFiles.vectors(directory, ARRAYS));
  }

  /**
   * Another file, whole.
   *
   * @throws ModelException if the folder has none of that name
   */
  public byte[] bytes(String name) throws IOException {
    return directory.bytes(name);
  }

  /** Whether there is a file of that name. */
  public boolean has(String name) {
    return directory.has(name);
  }

  /** A file's path or URI, for errors. */
  public String where(String name) {
    return directory.where(name);
  }
}

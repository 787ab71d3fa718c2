package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The checkpoints of one run, of which the newest few are kept.
 *
 * <pre>
 * checkpoints/step-000000500/
 *   weights.safetensors, optimizer.safetensors, model.json   as in a model
 *   state.json             {"format": "hindsight-state", "format_version": 1,
 *                           "step": n, "optimizer_step": n, "state": {…}}
 *   state.safetensors      the loop's arrays
 *   MANIFEST.json          written last
 * </pre>
 */
public final class CheckpointStore {
  private static final Pattern NAME = Pattern.compile("step-[0-9]{9,18}");
  private static final String STATE = "state.json";
  private static final String ARRAYS = "state.safetensors";
  private static final String FORMAT = "hindsight-state";
  private static final int VERSION = 1;

  private final String parent;
  private final int keep;
  private final long every;
  private final Storage storage;

  /**
   * The checkpoints in a directory, which need not exist yet.
   *
   * @param parent path or URI
   * @param keep checkpoints kept, at least 1
   * @param every steps between those that a run goes back to, of which the newest is kept in any
   *     case; 1 for all
   */
  public CheckpointStore(ModelStore store, String parent, int keep, long every) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least 1 checkpoint must be kept, not " + keep);
    }
    this.parent = parent;
    this.keep = keep;
    this.every = every;
    storage = store.storage(parent);
  }

  /**
   * Writes a checkpoint, then deletes the oldest beyond those kept.
   *
   * <p>A sound one of the same step stays as it is: a run that repeats a step repeats its bits. A
   * damaged one is replaced. What killed writers left is deleted before, since it may be what fills
   * the disk.
   */
  public void save(Checkpoint checkpoint) throws IOException {
    String location = location(checkpoint.step());
    storage.deleteTemporaries(parent);
    if (storage.exists(location)) {
      try {
        ImmutableDirectory.open(storage, location);
        return;
      } catch (ModelException damaged) {
        storage.delete(location);
      }
    }
    try {
      ImmutableDirectory.write(storage, location, files(checkpoint));
    } catch (IOException failure) {
      discard(location, failure);
      throw failure;
    }
    prune(location);
  }

  /** Deletes what a failed save left under the checkpoint's own name, where there is no rename. */
  private void discard(String location, IOException failure) {
    try {
      storage.delete(location);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static SortedMap<String, FileContent> files(Checkpoint checkpoint) {
    SortedMap<String, FileContent> files =
        ModelFiles.of(checkpoint.description(), checkpoint.parameters());
    files.put(ModelFiles.OPTIMIZER, ModelFiles.vectors(checkpoint.slots()));
    files.put(ARRAYS, ModelFiles.vectors(checkpoint.arrays()));
    ObjectNode json = Json.object().put("format", FORMAT).put("format_version", VERSION);
    json.put("step", checkpoint.step()).put("optimizer_step", checkpoint.optimizerStep());
    json.set("state", checkpoint.state());
    files.put(STATE, out -> out.write(Json.pretty(json)));
    return files;
  }

  /**
   * Deletes the oldest beyond those kept, and before them all that were never finished; never the
   * one just written. Those that are due are counted apart: which are left does not depend on
   * others.
   */
  private void prune(String written) throws IOException {
    List<String> old = names();
    String newest = written.substring(written.lastIndexOf('/') + 1);
    old.remove(newest);
    List<String> finished = new ArrayList<>();
    for (String name : old) {
      if (storage.exists(parent + "/" + name + "/" + Manifest.NAME)) {
        finished.add(name);
      } else {
        storage.delete(parent + "/" + name);
      }
    }
    finished.add(newest);
    Map<Boolean, List<String>> byDue =
        finished.stream().collect(Collectors.partitioningBy(this::isDue));
    for (List<String> some : byDue.values()) {
      for (String name : some.subList(0, Math.max(0, some.size() - keep))) {
        storage.delete(parent + "/" + name);
      }
    }
  }

  private boolean isDue(String name) {
    return step(name) % every == 0;
  }

  private static long step(String name) {
    return Long.parseLong(name.substring(name.indexOf('-') + 1));
  }

  /**
   * Reads the newest checkpoint of those that are due, and deletes it and all that are newer.
   *
   * @param but the step of one that is not wanted
   * @param damaged as for {@link #latest}
   * @return empty if there is none, and none is left
   */
  public Optional<Checkpoint> takeDue(long but, Consumer<ModelException> damaged)
      throws IOException {
    List<String> wanted =
        names().stream().filter(name -> isDue(name) && step(name) != but).toList();
    Optional<Checkpoint> due = newest(wanted, damaged);
    long step = due.map(Checkpoint::step).orElse(0L);
    for (String name : names()) {
      if (step(name) >= step) {
        storage.delete(parent + "/" + name);
      }
    }
    return due;
  }

  /**
   * The newest checkpoint that verifies.
   *
   * @param damaged told of each newer one that does not, with its name and what is wrong
   * @return empty if there is none
   */
  public Optional<Checkpoint> latest(Consumer<ModelException> damaged) throws IOException {
    return newest(names(), damaged);
  }

  private Optional<Checkpoint> newest(List<String> names, Consumer<ModelException> damaged)
      throws IOException {
    List<String> newestFirst = new ArrayList<>(names);
    Collections.reverse(newestFirst);
    for (String name : newestFirst) {
      try {
        return Optional.of(read(parent + "/" + name));
      } catch (ModelException e) {
        damaged.accept(e);
      }
    }
    return Optional.empty();
  }

  private Checkpoint read(String location) throws IOException {
    ImmutableDirectory directory = ImmutableDirectory.open(storage, location);
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

  /** The checkpoints' names, oldest first; a mutable list. */
  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : storage.list(parent)) {
      if (NAME.matcher(name).matches()) {
        names.add(name);
      }
    }
    names.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    return names;
  }

  /** A checkpoint in words. */
  public String name(long step) {
    return "the checkpoint of step %d in %s".formatted(step, parent);
  }

  private String location(long step) {
    return String.format(Locale.ROOT, "%s/step-%09d", parent, step);
  }
}

package io.hindsight.driver.model;

import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The checkpoints of one run, of which the newest few are kept.
 *
 * <p>{@code checkpoints/step-000000500/} is a {@link CheckpointFolder}.
 */
public final class CheckpointStore {
  private static final Pattern NAME = Pattern.compile("step-[0-9]{9,18}");

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
      CheckpointFolder.write(storage, location, checkpoint, Collections.emptySortedMap());
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
   * The newest checkpoint of those that are due; all that are newer are deleted.
   *
   * @param but the step of one that is not wanted
   * @param damaged as for {@link #latest}
   * @return empty if there is none, and none is left
   */
  public Optional<Checkpoint> backToDue(long but, Consumer<ModelException> damaged)
      throws IOException {
    List<String> wanted =
        names().stream().filter(name -> isDue(name) && step(name) != but).toList();
    Optional<Checkpoint> due = newest(wanted, damaged);
    long newest = due.map(Checkpoint::step).orElse(-1L);
    for (String name : names()) {
      if (step(name) > newest) {
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
        return Optional.of(CheckpointFolder.open(storage, parent + "/" + name).checkpoint());
      } catch (ModelException e) {
        damaged.accept(e);
      }
    }
    return Optional.empty();
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

  /** The folder of a checkpoint. */
  public String location(long step) {
    return String.format(Locale.ROOT, "%s/step-%09d", parent, step);
  }
}

package io.hindsight.driver.retrain.folder;

import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.storage.Fence;
import io.hindsight.driver.storage.FencedStorage;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.WriteRetry;
import java.io.IOException;
import java.util.Optional;

/**
 * The files of one retraining, in the registry.
 *
 * <pre>
 * runs/KEY/
 *   status.json       where it stands, or how it ended
 *   lease/            who works on it
 *   DIGITS/           of one state of the source
 *     attempt.json    what was decided at first
 *     source.jsonl    what the data is read from
 *     training/       a run directory
 *     blessing.json   what the gates say
 *     report.html     the same, and how it was trained, for people
 * </pre>
 *
 * <p>Every file is written in one step and after what it tells of, so a run that was killed goes on
 * behind the last one.
 *
 * @param storage of the registry
 * @param location the folder of the run
 */
public record RunFolder(Storage storage, String location) {
  public static final String RUNS = "runs";

  /** Of a run of a registry. */
  public static RunFolder of(Storage storage, String registry, RunKey key) {
    return new RunFolder(storage, registry + "/" + RUNS + "/" + key);
  }

  /** The same, in which nothing is written any more once the fence is closed. */
  public RunFolder behind(Fence fence) {
    return new RunFolder(new FencedStorage(storage, fence), location);
  }

  /** Takes the right to work on the run. */
  public Lease take(Lease.Pause pause) throws IOException {
    storage.createDirectory(location);
    Lease.Request request = new Lease.Request("the retraining " + location, "retrain", pause);
    return Lease.acquire(storage, lease(), request);
  }

  /** Where the files of its lease are. */
  String lease() {
    return location + "/lease";
  }

  /** Makes the folder of an attempt. */
  public void createAttempt(String attempt) throws IOException {
    storage.createDirectory(location + "/" + attempt);
  }

  /** A file of an attempt. */
  public String file(String attempt, String name) {
    return location + "/" + attempt + "/" + name;
  }

  /** What was decided for an attempt; empty before that. */
  public Optional<Attempt> attempt(String attempt) throws IOException {
    String file = file(attempt, Attempt.NAME);
    return read(file).map(bytes -> Attempt.parse(bytes, file));
  }

  /** Where an attempt trains. */
  public RunDirectory training(String attempt) {
    return new RunDirectory(file(attempt, "training"));
  }

  /** A small file, whole; empty if there is none. */
  public Optional<byte[]> read(String file) throws IOException {
    return storage.exists(file) ? Optional.of(storage.read(file)) : Optional.empty();
  }

  /** Writes a small file in one step, in the place of an older one. */
  public void write(String file, byte[] content) throws IOException {
    new WriteRetry().write(file, () -> storage.replace(file, content));
  }

  /** How the run stands; empty before it has begun. */
  public Optional<RetrainStatus> status() throws IOException {
    String file = location + "/" + RetrainStatus.NAME;
    return read(file).map(bytes -> RetrainStatus.parse(bytes, file));
  }

  /** Tells how the run stands. */
  public void write(RetrainStatus status) throws IOException {
    write(location + "/" + RetrainStatus.NAME, status.toJson());
  }

  /** What the gates said of the state of the source that a status is about; empty before that. */
  public Optional<Blessing> blessing(RetrainStatus status) throws IOException {
    if (status.attempt().isEmpty()) {
      return Optional.empty();
    }
    String file = file(status.attempt().get(), Blessing.FILE);
    return read(file).map(bytes -> Blessing.parse(bytes, file));
  }
}

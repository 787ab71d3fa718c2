package io.hindsight.driver.directory;

import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.storage.Fence;
import io.hindsight.driver.storage.FencedStorage;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run leaves its results: {@code config.yaml}, {@code source.jsonl}, {@code parent.json},
 * {@code metrics.jsonl}, {@code metrics.prom}, {@code status.json}, {@code checkpoints/} and {@code
 * model/}, {@code tensorboard/} and {@code mlflow.json} where they are asked for, {@code diverged/}
 * if a step was not finite, for a while {@code data/}; and in {@code lease/} who writes there, or
 * did.
 *
 * @param location the directory: a path of this machine, or any URI of Hadoop
 * @param fence asked before everything that is written; empty to read only, or before there is one
 */
public record RunDirectory(String location, Optional<Fence> fence) {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final String LEASE = "lease";
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  public RunDirectory {
    location = location.length() > 1 ? location.replaceFirst("(?<![/:])/+$", "") : location;
  }

  /** A directory that no lease is held on. */
  public RunDirectory(String location) {
    this(location, Optional.empty());
  }

  /** A directory of this machine. */
  public RunDirectory(Path path) {
    this(path.toString());
  }

  /** The directory of a run that was given none: {@code <output.directory>/<name>-<UTC time>}. */
  public static RunDirectory named(RunConfig config, Instant start) {
    String parent = new RunDirectory(config.output().directory()).location();
    return new RunDirectory(parent + "/" + config.name() + "-" + UTC.format(start));
  }

  /**
   * Takes the lease on the directory, which is created if it is missing. One that no run has used
   * is left as it is if it is no directory for a run.
   *
   * @param resume whether it may hold a run already
   * @throws LeaseException if another process writes there
   * @throws ConfigException if it holds something else, or cannot be written
   */
  public Lease take(boolean resume, Lease.Request request) {
    return explaining(
        () -> {
          Optional<ConfigException> refusal = refusal(resume);
          if (refusal.isPresent() && !storage().exists(lease())) {
            throw refusal.get(); // otherwise its owner may still be at work, which matters more
          }
          storage().createDirectory(location);
          return Lease.acquire(storage(), lease(), request);
        });
  }

  /** The same directory, in which nothing is written any more once the fence is closed. */
  public RunDirectory behind(Fence lease) {
    return new RunDirectory(location, Optional.of(lease));
  }

  /**
   * Creates the directory, or makes one ready for its run to be continued. One whose run failed
   * before its first step is as good as new.
   *
   * @param resume whether it may hold a run already
   * @throws ConfigException if it holds a run that is not to be resumed, or that has ended well, or
   *     cannot be written
   */
  public void prepare(boolean resume) {
    explaining(
        () -> {
          FailedStart before = new FailedStart(this);
          if (before.isAllThereIs()) {
            LOG.info("{}: the run before failed before its first step; starting anew", location);
            before.delete();
          } else {
            requireUnused(resume);
          }
          storage().createDirectory(location);
          requireWritable();
          return location;
        });
  }

  private Optional<ConfigException> refusal(boolean resume) throws IOException {
    try {
      if (!new FailedStart(this).isAllThereIs()) {
        requireUnused(resume);
      }
      return Optional.empty();
    } catch (ConfigException refusal) {
      return Optional.of(refusal);
    }
  }

  /** Something done with storage. */
  private interface Action<T> {
    T run() throws IOException;
  }

  /** Does it, and says what is wrong with the directory if it fails. */
  private <T> T explaining(Action<T> action) {
    try {
      return action.run();
    } catch (IllegalArgumentException e) {
      throw ConfigException.of(
          "--run-dir " + location,
          "this is no path or URI (%s); write it like runs/first or hdfs://host:8020/runs/first"
              .formatted(e.getMessage()));
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private void requireUnused(boolean resume) throws IOException {
    // A model alone is not enough: the run may have been killed before it wrote its status.
    if (resume && hasModel() && storage().exists(status())) {
      throw ConfigException.of(
          location,
          "there is nothing to resume: the run has ended and its model is written; train a new one"
              + " in another --run-dir");
    }
    boolean isUsed = storage().list(location).stream().anyMatch(name -> !name.equals(LEASE));
    if (!resume && isUsed) {
      throw ConfigException.of(
          location,
          "the run directory is not empty; choose another with --run-dir, or continue its run"
              + " with --resume");
    }
  }

  private RuntimeException refusal(IOException e) {
    if (e instanceof UnsupportedFileSystemException) {
      return ConfigException.of("--run-dir " + location, HadoopFiles.UNKNOWN);
    }
    if (isFile(e) || e instanceof FileSystemException || e instanceof AccessControlException) {
      return ConfigException.of(
          location,
          "the run directory cannot be written (%s); name another with --run-dir"
              .formatted(reason(e)));
    }
    return new UncheckedIOException("cannot create the run directory " + location, e);
  }

  private void requireWritable() throws IOException {
    String probe = location + "/" + Storage.TEMPORARY + "probe";
    storage().replace(probe, new byte[0]);
    storage().delete(probe);
  }

  private static boolean isFile(IOException e) {
    return e instanceof FileAlreadyExistsException
        || e instanceof org.apache.hadoop.fs.FileAlreadyExistsException
        || e instanceof ParentNotDirectoryException;
  }

  private static String reason(IOException e) {
    if (isFile(e)) {
      return "it is a file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException local ? local.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason.lines().findFirst().orElse("");
  }

  /**
   * Takes up a run, once it is known to go on: status and report of an earlier end are deleted, and
   * what a killed process left half-written.
   */
  public void takeUp() throws IOException {
    storage().delete(status());
    storage().delete(evaluation());
    storage().delete(examples());
    storage().delete(report());
    storage().delete(reportJson());
    storage().delete(card());
    storage().delete(metricsText());
    storage().deleteTemporaries(location);
    if (storage().exists(model()) && !hasModel()) {
      LOG.warn("{} was never finished and is written anew", model());
      storage().delete(model());
    }
  }

  /** Whether the run's model is there, whole. */
  public boolean hasModel() throws IOException {
    return storage().exists(model() + "/" + Storage.COMMIT);
  }

  /** The file system that holds the directory; behind its fence, if there is one. */
  public Storage storage() {
    Storage storage = Storage.of(location, HadoopSettings::configuration);
    return fence.isPresent() ? new FencedStorage(storage, fence.get()) : storage;
  }

  /** Writes and reads models here, as {@link #storage} does. */
  public ModelStore models() {
    return new ModelStore(storage());
  }

  /** A text file of the directory, whole. */
  public String read(String file) throws IOException {
    return new String(storage().read(file), StandardCharsets.UTF_8);
  }

  /** The directory as a path, if it is on this machine. */
  public Optional<Path> path() {
    return Storage.isLocal(location) ? Optional.of(LocalStorage.path(location)) : Optional.empty();
  }

  /** Who writes here. */
  public String lease() {
    return location + "/" + LEASE;
  }

  /** The resolved configuration. */
  public String config() {
    return location + "/config.yaml";
  }

  /** What the data were read from. */
  public String source() {
    return location + "/source.jsonl";
  }

  /**
   * Encoded data of a table too large for the driver's heap, while the run goes on; absent in a
   * directory that other machines do not see. Tasks write it, and ask for no lease: what it holds
   * follows from the data alone.
   */
  public Optional<String> data() {
    return Storage.isLocal(location) ? Optional.empty() : Optional.of(location + "/data");
  }

  /** Deletes encoded data that nobody needs any more; that it cannot is no fault of the run. */
  public void deleteData() {
    if (data().isPresent()) {
      try {
        storage().delete(data().get());
      } catch (IOException stays) {
        LOG.warn("cannot delete {}, which nobody needs: {}", data().get(), stays.getMessage());
      }
    }
  }

  /** The model that the run started from. */
  public String parent() {
    return location + "/parent.json";
  }

  /** One line per step and per validation. */
  public String metrics() {
    return location + "/metrics.jsonl";
  }

  /** Written last. */
  public String status() {
    return location + "/status.json";
  }

  /** What the model reaches beside simple answers, as {@code evaluate --json} prints it. */
  public String evaluation() {
    return location + "/evaluation.json";
  }

  /** Some of its answers, and how far off they are. */
  public String examples() {
    return location + "/examples.json";
  }

  /** What the run came to, to be looked at. */
  public String report() {
    return location + "/report.html";
  }

  /** The numbers of {@link #report}. */
  public String reportJson() {
    return location + "/report.json";
  }

  /** What the model is for, of which data, how good, and where it ends. */
  public String card() {
    return location + "/MODEL.md";
  }

  /** How the run ended, for Prometheus. */
  public String metricsText() {
    return location + "/metrics.prom";
  }

  /** Which run of MLflow's it is. */
  public String mlflow() {
    return location + "/mlflow.json";
  }

  /** What TensorBoard reads. */
  public String tensorboard() {
    return location + "/tensorboard";
  }

  /** The stack trace of a failure that is no mistake of the user. */
  public String errorLog() {
    return location + "/error.log";
  }

  /** One model directory per checkpoint. */
  public String checkpoints() {
    return location + "/checkpoints";
  }

  /** One folder per step that was not finite, of the first few. */
  public String diverged() {
    return location + "/diverged";
  }

  /** The run's result. */
  public String model() {
    return location + "/model";
  }
}

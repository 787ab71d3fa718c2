package io.hindsight.driver.checkpoint;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigDifferences;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.ModelDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be as it was for a run to go on.
 *
 * <p>That is all that the result depends on: the data, and every key of the configuration but name,
 * output, engine, tasks and checkpoints. The length of the run is such a key too, since schedules
 * stretch over it.
 */
final class SameRun {
  private static final Logger LOG = LoggerFactory.getLogger(SameRun.class);

  private final RunDirectory directory;
  private final RunConfig run;
  private final ModelDescription description;
  private final Optional<SourceSnapshot> source;

  /** As {@link Resumption} takes them. */
  SameRun(
      RunDirectory directory,
      RunConfig run,
      ModelDescription description,
      Optional<SourceSnapshot> source) {
    this.directory = directory;
    this.run = run;
    this.description = description;
    this.source = source;
  }

  /**
   * Checks a checkpoint to go on from.
   *
   * @throws ConfigException if its configuration, or the model that the run starts from, is another
   * @throws DataException if its data is
   */
  void check(Checkpoint checkpoint) {
    ModelDescription was = checkpoint.description();
    requireSameConfiguration(was.config(), was.configSha256(), checkpoint.step());
    requireSameParent(checkpoint);
    requireSameData(checkpoint);
  }

  /**
   * Without a checkpoint, the run directory's own configuration tells whose run it is.
   *
   * @throws ConfigException if it is another
   */
  void checkConfigurationFile() {
    String file = directory.config();
    try {
      if (directory.storage().exists(file)) {
        requireSameConfiguration(directory.read(file), description.configSha256(), 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void requireSameConfiguration(String saved, String hash, long step) {
    RunConfig was = ConfigReader.read(saved, "configuration of the checkpoint", List.of());
    List<String> differences = ConfigDifferences.between(was, run);
    if (!differences.isEmpty()) {
      throw refused("configuration", step, String.join(", ", differences));
    }
    if (!hash.equals(description.configSha256())) { // by a version with other defaults
      throw refused(
          "configuration", step, changed("its SHA-256", hash, description.configSha256()));
    }
  }

  private void requireSameParent(Checkpoint checkpoint) {
    Optional<String> was = checkpoint.description().parentSha256();
    Optional<String> is = description.parentSha256();
    if (!is.equals(was)) {
      String difference = "its weights had the SHA-256 %s, and have %s";
      throw refused(
          "model to start from",
          checkpoint.step(),
          difference.formatted(was.orElse("none"), is.orElse("none")));
    }
  }

  private void requireSameData(Checkpoint checkpoint) {
    String was = checkpoint.description().dataFingerprint();
    String is = description.dataFingerprint();
    if (!is.equals(was)) {
      requireSameRules(checkpoint);
      LOG.info("the data's fingerprint was {}, is {}", was, is);
      throw new SourceRecord(directory)
          .differenceTo(source)
          .refusal("the data must be that of the checkpoint at step " + checkpoint.step());
    }
  }

  private void requireSameRules(Checkpoint checkpoint) {
    int was = Encoding.version(checkpoint.description().encoding());
    int is = Encoding.version(description.encoding());
    if (was != is) {
      String difference =
          "it was scaled by version %d of the rules, and this program has version %d";
      throw refused("data", checkpoint.step(), difference.formatted(was, is));
    }
  }

  private static String changed(String what, String was, String is) {
    return "%s was %s, is %s".formatted(what, abbreviated(was), abbreviated(is));
  }

  private static ConfigException refused(String what, long step, String difference) {
    return ConfigException.of(
        "--resume",
        "the %s must be that of the checkpoint at step %d, but %s; resume with the same, or start a new run"
            .formatted(what, step, difference));
  }

  private static String abbreviated(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}

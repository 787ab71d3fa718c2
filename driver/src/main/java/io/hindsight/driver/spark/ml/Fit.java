package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.table.FrameRows;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.run.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run on a data set, which stands as a view in the place of the configuration's table:
 * it is read as any table is, by the executors.
 */
final class Fit {
  private static final Logger LOG = LoggerFactory.getLogger(Fit.class);
  private static final String VIEW = "hindsight_";

  private Fit() {}

  /**
   * Trains.
   *
   * @param config of the name of the view
   * @param directory where the run leaves its results; absent for none
   */
  static ModelBundle of(
      Dataset<Row> data, Function<String, RunConfig> config, Optional<String> directory) {
    if (data.isStreaming()) {
      throw ConfigException.of(
          "fit", "a stream has no end, so it cannot be trained on; bring a data set that has one");
    }
    SparkSession session = data.sparkSession();
    Optional<SparkSession> before = ScalaValues.optional(SparkSession.getActiveSession());
    SparkSession.setActiveSession(session); // through which the run finds the view
    String view = VIEW + UUID.randomUUID().toString().replace("-", "");
    data.select(Vectors.readable(data).toArray(Column[]::new)).createOrReplaceTempView(view);
    try {
      RunConfig run = config.apply(view);
      return directory.isPresent() ? trained(run, directory.get()) : trained(run);
    } catch (DataException e) {
      throw e.at(view, FrameRows.SOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the run", e);
    } finally {
      session.catalog().dropTempView(view);
      before.ifPresentOrElse(SparkSession::setActiveSession, SparkSession::clearActiveSession);
    }
  }

  private static ModelBundle trained(RunConfig config, String directory) {
    RunDirectory run = new RunDirectory(directory);
    TrainingRun.start(config, run, false);
    return ModelBundle.load(run.model(), Optional.empty(), Optional.empty(), List.of());
  }

  /** A run that ends well leaves nothing but its model; what one that fails has left may help. */
  private static ModelBundle trained(RunConfig config) throws IOException {
    Path folder = Files.createTempDirectory("hindsight-fit-");
    ModelBundle model;
    try {
      model = trained(config, folder.resolve("run").toString());
    } catch (RuntimeException e) {
      tell(folder, e);
      throw e;
    }
    new RunDirectory(folder).storage().delete(folder.toString());
    return model;
  }

  /** Says where a failed run has left its results, if it has begun to write some. */
  private static void tell(Path folder, RuntimeException failure) {
    if (!folder.toFile().delete()) { // deletes empty folders only
      String left = "what the failed run has written is left in " + folder;
      failure.addSuppressed(new IllegalStateException(left));
      LOG.warn("{}; set runDirectory to choose another place", left);
    }
  }
}

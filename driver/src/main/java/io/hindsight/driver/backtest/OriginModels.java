package io.hindsight.driver.backtest;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.retrain.folder.SourceState;
import io.hindsight.driver.run.EndedRun;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains at origins, each in a run directory of its own; one that is complete stays as it is. */
final class OriginModels {
  private static final Logger LOG = LoggerFactory.getLogger(OriginModels.class);

  private final BacktestRequest request;
  private final SourceState source;
  private final StopRequest stop;

  OriginModels(BacktestRequest request, SourceState source, StopRequest stop) {
    this.request = request;
    this.source = source;
    this.stop = stop;
  }

  /** The directory of the model of an origin. */
  String of(Origin origin) throws IOException {
    RunConfig config = request.config();
    RunConfig own = config.withData(origin.training((TableSpec) config.data()));
    String parent = new RunDirectory(request.directory()).location();
    RunDirectory directory = new RunDirectory(parent + "/origin-" + origin.number());
    if (EndedRun.of(directory, own).isPresent()) {
      requireSameSource(directory);
      LOG.info("{}: the run of origin {} is complete", directory.location(), origin.number());
    } else {
      boolean hasBegun = !directory.storage().list(directory.location()).isEmpty();
      TrainingRun.start(own, directory, hasBegun, source.version(), stop);
    }
    return directory.model();
  }

  /** Refuses a model of other data. */
  private void requireSameSource(RunDirectory directory) throws IOException {
    String record = new String(source.record(), StandardCharsets.UTF_8);
    String file = directory.source();
    if (!directory.storage().exists(file) || !directory.read(file).equals(record)) {
      throw new DataException(
          "all origins of a backtest must be of the same data",
          "other files, lengths, times or versions than this origin was trained on",
          file,
          "name a new --run-dir, or bring the old data back");
    }
  }
}

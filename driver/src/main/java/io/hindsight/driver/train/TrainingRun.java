package io.hindsight.driver.train;

import io.hindsight.driver.config.ResolvedConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.engine.Engines;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.Sessions;
import io.hindsight.driver.metrics.MetricsLog;
import io.hindsight.driver.metrics.Progress;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole run: data, network, engine and trainer put together, and its results written. */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final RunConfig config;
  private final RunDirectory directory;
  private final Progress progress;

  private TrainingRun(RunConfig config, RunDirectory directory, Progress progress) {
    this.config = config;
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * Trains, and leaves the results in the run directory; whatever happens, {@code status.json} tells
   * it.
   *
   * @param progress is shown the run's course
   * @throws RuntimeException as {@link ExitCode#judge} understands it
   */
  public static TrainingResult start(
      RunConfig config, RunDirectory directory, Progress progress) {
    directory.create();
    TrainingRun run = new TrainingRun(config, directory, progress);
    RunStatus status = new RunStatus(directory);
    try {
      TrainingResult result = run.run(status);
      status.finished(result);
      return result;
    } catch (RuntimeException | Error failure) {
      status.failed(failure);
      throw failure;
    }
  }

  private TrainingResult run(RunStatus status) {
    RunFiles.write(directory.config(), ResolvedConfig.toYaml(config));
    try (Sessions session = Sessions.forRun(config)) {
      RunData data = RunData.read(config);
      ShardPlan plan = data.shardPlan();
      RunLength length = RunLength.of(config.training(), plan.stepsPerEpoch());
      LOG.info("{}", Summary.of(data, plan, length));
      TrainingState state = initialState(data, plan);
      try (GradientEngine engine = Engines.open(config, data.spec(), plan, session);
          MetricsLog log = new MetricsLog(directory.metrics())) {
        RunObserver observer = new RunObserver(log, progress, status, length, data.spec());
        EarlyStopping stopping = new EarlyStopping(config.training().earlyStopping());
        Trainer trainer =
            new Trainer(
                config.training(),
                length,
                engine,
                state,
                data.validation(),
                stopping,
                Checkpointer.NONE,
                observer);
        Parameters result = trainer.run();
        progress.end();
        return finish(data, state.step(), result);
      }
    }
  }

  private TrainingState initialState(RunData data, ShardPlan plan) {
    ParameterLayout layout = new ParameterLayout(data.spec());
    Parameters parameters =
        Initializer.initialize(
            layout,
            config.model().initial().type(),
            config.model().initial().forgetBias(),
            config.seed());
    Optimizer optimizer = Optimizer.create(config.training().optimizer(), layout.size());
    Optional<CarriedState> carried =
        config.training().bptt().carryState()
            ? Optional.of(new CarriedState(data.spec(), plan.blocks()))
            : Optional.empty();
    long runId = System.nanoTime() ^ ProcessHandle.current().pid() << 40;
    return new TrainingState(runId, parameters, optimizer, plan.stepsPerEpoch(), carried);
  }

  private TrainingResult finish(RunData data, long steps, Parameters result) {
    String sha256 = WeightsHash.of(result);
    SortedMap<String, Double> metrics = FinalMetrics.of(data, result);
    ModelFiles.write(directory.model(), data, result, steps);
    return new TrainingResult(directory.path(), steps, sha256, metrics);
  }
}

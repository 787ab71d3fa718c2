package io.hindsight.driver.train;

import io.hindsight.driver.config.ResolvedConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.engine.Engines;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.Sessions;
import io.hindsight.driver.metrics.MetricsLog;
import io.hindsight.driver.metrics.Progress;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.math.OpsProvider;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole run: data, network, engine and trainer put together, and its results written. */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final RunConfig config;
  private final RunDirectory directory;
  private final boolean resume;
  private boolean begun;
  private long steps;

  private TrainingRun(RunConfig config, RunDirectory directory, boolean resume) {
    this.config = config;
    this.directory = directory;
    this.resume = resume;
  }

  /**
   * Trains, and leaves the results in the run directory; however it ends, {@code status.json} tells
   * it.
   *
   * @param resume whether to continue the directory's run from its newest sound checkpoint
   * @throws RuntimeException as {@link ExitCode#judge} understands it
   */
  public static TrainingResult start(RunConfig config, RunDirectory directory, boolean resume) {
    directory.prepare(resume);
    TrainingRun run = new TrainingRun(config, directory, resume);
    try {
      TrainingResult result = run.run();
      RunReport.completed(directory, result);
      return result;
    } catch (RuntimeException | Error failure) {
      run.report(failure);
      throw failure;
    } catch (IOException failure) {
      run.report(failure);
      throw new UncheckedIOException("cannot write to " + directory.path(), failure);
    }
  }

  /** A run that was refused before it was taken up keeps the status it had. */
  private void report(Throwable failure) {
    if (!resume || begun || !Files.exists(directory.status())) {
      RunReport.failed(directory, failure, steps);
    }
  }

  private TrainingResult run() throws IOException {
    if (!resume) {
      writeConfig();
    }
    Engines.requirePossible(config);
    try (Sessions session = Sessions.forRun(config)) {
      RunData data = RunData.read(config);
      ShardPlan plan = data.shardPlan();
      Engines.requireMemory(config, data.spec(), plan);
      ModelDescription description = Descriptions.of(config, data);
      Checkpoints checkpoints = new Checkpoints(directory, config, description);
      TrainingState state = initialState(data, plan);
      if (resume) {
        checkpoints.resume(state);
        writeConfig(); // only now: a refused configuration must not stand for the run's own
        directory.forgetStatus();
      }
      begun = true;
      steps = state.step();
      try (GradientEngine engine = Engines.open(config, data.spec(), plan, session)) {
        train(data, plan, engine, state, checkpoints);
      }
      return finish(data, description, state);
    }
  }

  private void writeConfig() throws IOException {
    Files.writeString(directory.config(), ResolvedConfig.toYaml(config));
  }

  private void train(
      RunData data,
      ShardPlan plan,
      GradientEngine engine,
      TrainingState state,
      Checkpoints checkpoints)
      throws IOException {
    RunLength length = RunLength.of(config.training(), plan.stepsPerEpoch());
    LOG.info("{}", summary(data, plan, length));
    int epochs = config.training().epochs().orElse(0);
    Progress progress = Progress.onConsole(epochs, length.totalSteps());
    try (RunObserver observer = new RunObserver(openLog(state.step()), progress)) {
      new Trainer(
              config.training(), length, engine, state, data.validation(), checkpoints, observer)
          .run();
    } finally {
      steps = state.step();
    }
  }

  private MetricsLog openLog(long made) throws IOException {
    String implementation = OpsProvider.get().name();
    return resume
        ? MetricsLog.resume(directory.metrics(), made, implementation)
        : MetricsLog.create(directory.metrics(), implementation);
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
    EarlyStopping stopping = new EarlyStopping(config.training().earlyStopping());
    return new TrainingState(runId, parameters, optimizer, stopping, plan.stepsPerEpoch(), carried);
  }

  private String summary(RunData data, ShardPlan plan, RunLength length) {
    return String.format(
        Locale.ROOT,
        "%s: %s %s, %,d parameters, %s kernels; %,d sequences in %d slots and %d shards,"
            + " %,d steps per epoch, %,d in all",
        config.name(),
        config.model().cell().name(),
        config.model().hidden(),
        new ParameterLayout(data.spec()).size(),
        OpsProvider.get().name(),
        plan.sequences(),
        plan.batch(),
        plan.shards().size(),
        length.stepsPerEpoch(),
        length.totalSteps());
  }

  private TrainingResult finish(RunData data, ModelDescription description, TrainingState state)
      throws IOException {
    Parameters result = state.best();
    requireFinite(result, state.step());
    new ModelStore().save(directory.model().toString(), description, result);
    SortedMap<String, Double> metrics = new TreeMap<>();
    addMetrics(metrics, "validation_", data.validation(), data, result);
    addMetrics(metrics, "test_", data.test(), data, result);
    return new TrainingResult(directory.path(), state.step(), WeightsHash.of(result), metrics);
  }

  private static void requireFinite(Parameters result, long made) {
    double[] values = result.values();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw DivergedException.inWeights(made - 1, result.layout().blockAt(i).name());
      }
    }
  }

  private static void addMetrics(
      SortedMap<String, Double> all,
      String prefix,
      Evaluator part,
      RunData data,
      Parameters result) {
    if (!part.isEmpty()) {
      Scores scores = part.evaluate(result);
      Metrics.of(data.spec().output(), data.config().data(), scores)
          .forEach((name, value) -> all.put(prefix + name, value));
    }
  }
}

package io.hindsight.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Count;
import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.launch.Engines;
import io.hindsight.driver.launch.TrainingEngine;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.replay.DiagnosedSteps;
import io.hindsight.driver.replay.ReplayFolder;
import io.hindsight.driver.replay.ReplayableSteps;
import io.hindsight.driver.score.ConformalMargins;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.example.Examples;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.driver.train.CarriedStates;
import io.hindsight.driver.train.Checkpointer;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.driver.train.DivergedSteps;
import io.hindsight.driver.train.EarlyStopping;
import io.hindsight.driver.train.RunLength;
import io.hindsight.driver.train.StopRequest;
import io.hindsight.driver.train.Trainer;
import io.hindsight.driver.train.TrainingObserver;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.driver.train.ValidationLoss;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training from data that was read to weights in memory: network, state, engine and trainer put
 * together. It writes nothing; where state and metrics go is the caller's matter.
 */
final class TrainingSession {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);

  private final RunConfig config;
  private final RunData data;
  private final Sessions spark;
  private final StopRequest stop;
  private final ShardPlan plan;
  private final RunLength length;
  private final ModelDescription description;
  private final Supplier<TrainingState> beginning;
  private final TrainingState state;

  /**
   * A session before its first step.
   *
   * @param start absent if the seed decides the weights
   * @param spark outlives the session
   * @param stop may ask it to end before its time
   * @throws io.hindsight.driver.config.ConfigException if this process has no memory for it
   */
  TrainingSession(
      RunConfig config, RunData data, Optional<WarmStart> start, Sessions spark, StopRequest stop) {
    this.config = config;
    this.data = data;
    this.spark = spark;
    this.stop = stop;
    plan = data.shardPlan();
    Engines.requireMemory(config, data.spec(), plan);
    ConformalMargins.requireEnough(data);
    RecursiveOutput.warning(data.spec().output(), data.encoded().encoding()).ifPresent(LOG::warn);
    length = RunLength.of(config.training(), plan.stepsPerEpoch());
    description = Descriptions.of(config, data, start);
    beginning = () -> initialState(config, data, plan, WarmStart.initial(start, config, data));
    state = beginning();
  }

  private static TrainingState initialState(
      RunConfig config, RunData data, ShardPlan plan, Parameters initial) {
    Optimizer optimizer =
        Optimizer.create(config.training().update().optimizer(), initial.layout().size());
    Optional<CarriedStates> carried =
        config.training().bptt().carryState()
            ? Optional.of(new CarriedStates(data.spec(), plan.blocks(), plan.windows().distance()))
            : Optional.empty();
    long runId = System.nanoTime() ^ ProcessHandle.current().pid() << 40;
    EarlyStopping stopping = new EarlyStopping(config.training().validation().earlyStopping());
    return new TrainingState(runId, initial, optimizer, stopping, plan.stepsPerEpoch(), carried);
  }

  /** The data it trains on. */
  RunData data() {
    return data;
  }

  /** The model that is trained. */
  ModelDescription description() {
    return description;
  }

  /** The state of the loop; free to be restored before the first step. */
  TrainingState state() {
    return state;
  }

  /** A state of its own, as the loop's was before its first step. */
  TrainingState beginning() {
    return beginning.get();
  }

  /** Keeps steps that are not finite in a run's directory. */
  DivergedSteps divergedSteps(RunDirectory directory) {
    ReplayFolder.Writer writer =
        new ReplayFolder.Writer(directory.storage(), directory.diverged(), description);
    return new ReplayableSteps(config, plan, writer);
  }

  /** Looks into steps now and then, as the configuration asks for. */
  DiagnosedSteps diagnosedSteps() {
    return new DiagnosedSteps(config, plan);
  }

  /** How many steps the loop has. */
  RunLength length() {
    return length;
  }

  /** What is trained, on what, in one line. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %s, %s kernels; %s in %s and %s, %s per epoch, %,d in all",
        config.name(),
        LayerWords.text(config.model().layers()),
        Count.of(new ParameterLayout(data.spec()).size(), "parameter"),
        OpsProvider.get().name(),
        Count.of(plan.sequences(), "sequence"),
        Count.of(plan.batch(), "slot"),
        Count.of(plan.shards().size(), "shard"),
        Count.of(length.stepsPerEpoch(), "step"),
        length.totalSteps());
  }

  /** The engine that the configuration asks for. */
  TrainingEngine openEngine() {
    return Engines.open(config, data.spec(), plan, data::lossPlan, spark);
  }

  /**
   * Trains to the end.
   *
   * @throws RuntimeException as {@link Trainer#run} does
   */
  void train(TrainingEngine engine, Checkpointer checkpointer, TrainingObserver observer) {
    ValidationLoss validation =
        new ValidationLoss(
            data.validation().isEmpty(), () -> Evaluator.ofValidation(data), engine.losses(), stop);
    new Trainer(
            config.training(),
            length,
            engine.gradients(),
            state,
            validation,
            checkpointer,
            observer,
            stop)
        .run();
  }

  /**
   * The weights that training came to.
   *
   * @throws DivergedException if one is not finite
   */
  Parameters result() {
    Parameters result = state.best();
    double[] values = result.values();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw DivergedException.inWeights(state.step() - 1, result.layout().blockAt(i).name());
      }
    }
    return result;
  }

  /**
   * A result that is scored.
   *
   * @param weights with the margins of their answers, where these are asked for
   * @param metrics what they reach on validation and test part, and how much of them is not scored
   * @param evaluation the same of the last part beside simple answers; absent where tasks have
   *     scored it, as another look at all the data would take long
   * @param examples a closer look at some of the answers; absent unless wanted, and where there are
   *     none
   */
  record Scored(
      Parameters weights,
      SortedMap<String, Double> metrics,
      Optional<Evaluation.Report> evaluation,
      Optional<ObjectNode> examples) {
    private Scored with(Optional<ObjectNode> some) {
      return new Scored(weights, metrics, evaluation, some);
    }
  }

  /** Calibrates the intervals of a result where that is asked for, and scores it. */
  Scored scored(Parameters result) {
    boolean widened = data.spec().output().options().margins().isPresent();
    Parameters weights =
        !widened
            ? result
            : StoredScoring.of(data, spark)
                .map(scoring -> scoring.calibrated(result))
                .orElseGet(() -> ConformalMargins.calibrated(data, result));
    RunData answered = data.with(weights.layout().spec());
    Optional<StoredScoring> elsewhere = StoredScoring.of(answered, spark);
    Scored scored =
        elsewhere.isPresent()
            ? new Scored(
                weights, elsewhere.get().metrics(weights), Optional.empty(), Optional.empty())
            : HeldScoring.of(answered, weights);
    return config.output().examples() ? scored.with(Examples.of(answered, weights)) : scored;
  }
}

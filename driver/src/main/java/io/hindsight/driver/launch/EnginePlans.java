package io.hindsight.driver.launch;

import io.hindsight.datasets.Count;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.plan.Calibration;
import io.hindsight.driver.plan.Cluster;
import io.hindsight.driver.plan.Constants;
import io.hindsight.driver.plan.CostModel;
import io.hindsight.driver.plan.EngineOption;
import io.hindsight.driver.plan.KernelSpeed;
import io.hindsight.driver.plan.Limits;
import io.hindsight.driver.plan.Memory;
import io.hindsight.driver.plan.Plan;
import io.hindsight.driver.plan.Prediction;
import io.hindsight.driver.plan.SparkCosts;
import io.hindsight.driver.plan.SparkSetup;
import io.hindsight.driver.plan.Workload;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.ClusterShape;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.step.TaskThreads;
import io.hindsight.driver.step.Teams;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the plan of a run: measures here and, where there is a session to ask, there. */
public final class EnginePlans {
  private static final int MOST_EXECUTORS = 256;
  private static final double WARM = 0.5; // s

  private final RunConfig config;
  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final Sessions session;
  private final Workload workload;
  private final Teams teams; // if the engine is local
  private final SparkSetup setup;
  private final EngineChoice first; // by the master and the settings, before any prediction
  private final Cluster cluster; // for the local engine one executor, whose cores are threads

  private EnginePlans(RunConfig config, NetworkSpec spec, ShardPlan plan, Sessions session) {
    this.config = config;
    this.spec = spec;
    this.plan = plan;
    this.session = session;
    workload = Workload.of(spec, plan, config.training());
    teams = Teams.of(spec, plan, TaskThreads.wished(config.training().execution().tasks()));
    setup =
        ClusterShape.setup(session.isPresent() ? Optional.of(session.context()) : Optional.empty());
    EngineKind wished = config.training().execution().engine();
    first = Engines.inSession(EngineChoice.of(wished, Sessions.master()), wished, session);
    cluster = first.kind() == EngineKind.LOCAL ? threads() : ClusterShape.of(session.context());
  }

  private Cluster threads() {
    return new Cluster(1, TaskThreads.wished(config.training().execution().tasks()));
  }

  /**
   * For a run.
   *
   * @throws io.hindsight.driver.config.ConfigException if the engine is impossible here
   */
  static EnginePlans of(RunConfig config, NetworkSpec spec, ShardPlan plan, Sessions session) {
    return new EnginePlans(config, spec, plan, session);
  }

  /**
   * Plans a run.
   *
   * @param totalSteps of the run
   * @param seconds to measure in, for the kernels and, if the session is asked, each of up to seven
   *     other measurements
   * @throws io.hindsight.driver.config.ConfigException if the run cannot work
   */
  public static Plan plan(
      RunConfig config,
      NetworkSpec spec,
      ShardPlan plan,
      Sessions session,
      long totalSteps,
      double seconds) {
    return new EnginePlans(config, spec, plan, session).plan(totalSteps, seconds);
  }

  /**
   * The engine that the run gets; on a cluster the cheapest by a calibration here and default costs
   * of Spark.
   *
   * @throws io.hindsight.driver.config.ConfigException if the run cannot work
   */
  EngineChoice choose() {
    requirePossible(first.kind());
    if (!isOpen()) {
      return first;
    }
    long steps = config.training().length().totalSteps(plan.stepsPerEpoch());
    double seconds = Calibration.seconds(workload, steps);
    Constants constants = calibrate(seconds);
    CostModel model = model(constants, constants.speed(), SparkCosts.DEFAULTS);
    EngineChoice choice = cheapest(model, SparkCosts.DEFAULTS.origin() + warmth(seconds));
    requirePossible(choice.kind());
    return choice;
  }

  /** What is to be known of times that were measured before Java had compiled the kernels. */
  private static String warmth(double seconds) {
    return seconds < WARM
        ? String.format(
            Locale.ROOT, "; kernels measured for %.0f ms only, and slow so soon", 1e3 * seconds)
        : "";
  }

  /** Whether there is a choice to make, between engines of a cluster. */
  private boolean isOpen() {
    return config.training().execution().engine() == EngineKind.AUTO
        && first.kind() != EngineKind.LOCAL;
  }

  private void requirePossible(EngineKind kind) {
    long heap = Runtime.getRuntime().maxMemory();
    EngineOption option = EngineOption.of(kind);
    Limits.check(workload, option, config.training().execution().tasks(), cluster, setup, heap);
  }

  private Constants calibrate(double seconds) {
    return Calibration.measure(spec, plan, config.training(), config.seed(), seconds);
  }

  private CostModel model(Constants constants, KernelSpeed executors, SparkCosts spark) {
    int wished = config.training().execution().tasks();
    double share = teams.share(spec, plan);
    return new CostModel(workload, wished, teams, share, constants, executors, spark);
  }

  private Plan plan(long totalSteps, double seconds) {
    requirePossible(first.kind());
    boolean ask = first.kind() != EngineKind.LOCAL;
    boolean resident = first.kind() == EngineKind.SPARK_RESIDENT;
    Constants constants = calibrate(seconds);
    KernelSpeed executors = constants.speed();
    SparkCosts spark = SparkCosts.DEFAULTS;
    if (ask) {
      Probe probe = new Probe(session, cluster, seconds);
      probe.warmUp();
      spark = probe.costs(workload.parameters(), resident);
      executors = executors.through(probe.kernels(spec, plan, config.training(), resident));
    }
    CostModel model = model(constants, executors, spark);
    EngineChoice choice = isOpen() ? cheapest(model, spark.origin()) : first;
    EngineOption engine = EngineOption.of(choice.kind());
    return new Plan(
        config.name(),
        OpsProvider.get().name(),
        workload,
        totalSteps,
        cluster,
        engine,
        choice.reason(),
        notes(choice),
        Memory.of(
            workload, engine, config.training().execution().tasks(), cluster, setup.shardHeap()),
        constants,
        executors,
        ask,
        spark,
        Arrays.stream(EngineOption.values()).map(each -> model.predict(each, cluster)).toList(),
        scaling(model));
  }

  private EngineChoice cheapest(CostModel model, String origin) {
    List<Prediction> ways = new ArrayList<>();
    ways.add(model.predict(EngineOption.JOBS, cluster));
    if (Engines.whyNotResident(setup).isEmpty()) {
      ways.add(model.predict(EngineOption.RESIDENT, cluster));
    }
    return Engines.chosen(ways, model.local(), setup, origin);
  }

  private List<Prediction> scaling(CostModel model) {
    List<EngineOption> ways =
        List.of(EngineOption.RESIDENT, EngineOption.JOBS, EngineOption.JOBS_SLICED);
    boolean here = setup.local() || first.kind() == EngineKind.LOCAL;
    int cores = here ? Math.max(1, setup.executorCores()) : cluster.cores();
    return IntStream.iterate(1, n -> n <= MOST_EXECUTORS, n -> 2 * n)
        .mapToObj(n -> new Cluster(n, cores))
        .map(size -> ways.stream().map(way -> model.predict(way, size)))
        .map(all -> all.min(Comparator.comparingDouble(Prediction::stepNanos)).orElseThrow())
        .toList();
  }

  private List<String> notes(EngineChoice choice) {
    List<String> notes = new ArrayList<>();
    choice.advice().ifPresent(notes::add);
    int tasks = config.training().execution().tasks();
    boolean shared = first.kind() == EngineKind.LOCAL && teams.threads() > 1;
    if (tasks > workload.shards() && !shared) {
      notes.add(
          "training.tasks is %d, but %s of 8 slots or more can give work to %s only; raise training.batch or lower training.tasks"
              .formatted(
                  tasks,
                  Count.of(workload.shards(), "shard"),
                  Count.of(workload.shards(), "task")));
    }
    if (workload.sequences() < workload.batch()) {
      notes.add(
          "training.batch is %d for %s: %s stay empty and cost nothing, and a step takes fewer sequences than the batch"
              .formatted(
                  workload.batch(),
                  Count.of(workload.sequences(), "sequence"),
                  Count.of(workload.batch() - workload.sequences(), "slot")));
    }
    return notes;
  }
}

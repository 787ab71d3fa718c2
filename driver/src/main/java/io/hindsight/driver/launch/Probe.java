package io.hindsight.driver.launch;

import io.hindsight.datasets.progress.JobName;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.plan.Cluster;
import io.hindsight.driver.plan.Division;
import io.hindsight.driver.plan.EngineOption;
import io.hindsight.driver.plan.KernelSpeed;
import io.hindsight.driver.plan.Medians;
import io.hindsight.driver.plan.SparkCosts;
import io.hindsight.driver.plan.Traffic;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Measures what a session costs a step, with the engines themselves.
 *
 * <p>The cost of Spark is that of steps which compute next to nothing: one window of one step per
 * task, once with a small network and once with a large one, which tells latency from transport.
 */
final class Probe {
  private static final int MOST_TASKS = 64;
  private static final int SMALL = 8; // hidden units
  private static final double SMALLEST = 250_000; // parameters of the large network
  private static final double LARGEST = 4_000_000;
  private static final int FEWEST = 8;
  private static final int WARM = 1000; // steps, unless they take too long
  private static final int MOST_STEPS = 100_000;
  private static final int WARM_UP_WINDOW = 4; // time steps
  private static final int MOST = 4; // times the budget, until steps no longer become faster
  private static final int PER_SLOT = 4;
  private static final double NANOS = 1e9;
  private static final long SEED = 1;

  private final Sessions session;
  private final Cluster cluster;
  private final double budget; // ns for one engine and network

  /**
   * A probe.
   *
   * @param seconds for each of seven measurements; up to four times that until steps no longer
   *     become faster
   */
  Probe(Sessions session, Cluster cluster, double seconds) {
    this.session = session;
    this.cluster = cluster;
    this.budget = seconds * NANOS;
  }

  /** Times of one engine and network, ns. */
  private record Times(double compute, double besides) {}

  /**
   * To be called first: empty jobs, and nothing to show for them. Of the first twenty seconds
   * Java's compiler takes half of driver and executors, and every step meanwhile takes twice as
   * long.
   */
  void warmUp() {
    empty(EngineOption.JOBS, network(SMALL), WARM);
  }

  /**
   * The cost of a step beside the computation.
   *
   * @param parameters P, to measure transport at about that size
   * @param resident whether resident tasks can be measured too; else their cost is the default
   */
  SparkCosts costs(int parameters, boolean resident) {
    SparkCosts usual = SparkCosts.DEFAULTS;
    SparkCosts.Cost tasks =
        resident ? cost(EngineOption.RESIDENT, parameters, usual.resident()) : usual.resident();
    SparkCosts.Cost jobs = cost(EngineOption.JOBS, parameters, usual.jobs());
    String origin = "measured on " + cluster;
    return new SparkCosts(
        jobs, tasks, resident ? origin : origin + ", those of spark-resident from defaults");
  }

  private SparkCosts.Cost cost(EngineOption option, int parameters, SparkCosts.Cost usual) {
    double size = Math.max(SMALLEST, Math.min(LARGEST, parameters));
    NetworkSpec small = network(SMALL);
    NetworkSpec large = network((int) Math.sqrt(size));
    Division division = Division.of(tasks(), 0, cluster);
    Traffic least = traffic(option, division, small);
    Traffic most = traffic(option, division, large);
    double withLeast = empty(option, small, FEWEST).besides();
    double withMost = empty(option, large, FEWEST).besides();
    return SparkCosts.Cost.through(
        most.peers(), least.bytes(), withLeast, most.bytes(), withMost, usual.peerNanos());
  }

  private static Traffic traffic(EngineOption option, Division division, NetworkSpec spec) {
    long bytes = (long) Double.BYTES * new ParameterLayout(spec).size();
    return Traffic.of(option, division, bytes, bytes, 0);
  }

  private int tasks() {
    return Math.min(MOST_TASKS, cluster.slots());
  }

  private static NetworkSpec network(int hidden) {
    return NetworkSpec.plain(
        InputSpec.dense(1),
        new RnnCell(Activation.TANH),
        List.of(hidden),
        new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP));
  }

  /** Steps that compute next to nothing: one shard per task, one time step per sequence. */
  private Times empty(EngineOption option, NetworkSpec spec, int fewest) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < tasks() * SequenceBatch.LANES; i++) {
      Sequence sequence = Sequence.ofFeatures("probe " + i, new double[1], 1);
      sequences.add(sequence.withTargets(new double[1]));
    }
    ShardPlan plan =
        RankedWindows.plan(sequences, sequences.size(), OptionalInt.empty(), CarriedWindows.WHOLE);
    try (GradientEngine engine = engine(option, spec, plan, 0)) {
      return run(engine, spec, plan, false, fewest);
    }
  }

  /**
   * The kernels' speed on the executors, all of them at work, on some of a run's own windows. Short
   * windows come first: they run the same code many times soon, so that it is compiled.
   *
   * @param resident whether resident tasks can compute them; else jobs do
   */
  KernelSpeed.Point kernels(
      NetworkSpec spec, ShardPlan plan, TrainingConfig training, boolean resident) {
    EngineOption option = resident ? EngineOption.RESIDENT : EngineOption.JOBS;
    int wished = training.execution().tasks();
    int tasks = wished > 0 ? wished : cluster.slots();
    boolean carries = training.bptt().carryState();
    int steps = Math.min(WARM_UP_WINDOW, plan.windows().window());
    ShardPlan brief = sample(plan, CarriedWindows.following(steps));
    try (GradientEngine engine = engine(option, spec, brief, tasks)) {
      run(engine, spec, brief, carries, WARM);
    }
    ShardPlan few = sample(plan, plan.windows());
    try (GradientEngine engine = engine(option, spec, few, tasks)) {
      Times times = run(engine, spec, few, carries, FEWEST);
      int blocks = 0;
      for (List<Shard> task : few.split(Math.min(tasks, cluster.slots()))) {
        blocks = Math.max(blocks, task.stream().mapToInt(Shard::blocks).sum());
      }
      return new KernelSpeed.Point(blocks, times.compute());
    }
  }

  /** The first sequences of each slot, so that not all data is sent for a measurement. */
  private static ShardPlan sample(ShardPlan plan, CarriedWindows windows) {
    List<Window> first = new ArrayList<>();
    for (Shard shard : plan.shards()) {
      for (int slot = 0; slot < shard.slots(); slot++) {
        for (int rank = 0; rank < Math.min(PER_SLOT, shard.size(slot)); rank++) {
          first.add(shard.window(slot, rank));
        }
      }
    }
    OptionalInt shards = OptionalInt.of(plan.shards().size());
    return RankedWindows.of(first).plan(plan.batch(), shards, windows);
  }

  private GradientEngine engine(EngineOption option, NetworkSpec spec, ShardPlan plan, int tasks) {
    return option == EngineOption.RESIDENT
        ? new ResidentEngine(session.context(), spec, plan, SEED, tasks)
        : JobEngines.open(session.context(), spec, plan, SEED, tasks);
  }

  /**
   * Medians of the second half of the steps. The executors' Java compiles the kernels after some
   * hundreds of steps and the driver's compiles Spark's scheduler after some thousands of jobs; so
   * it goes on, up to {@link #MOST} times as long, while steps are few or become faster. The first
   * step, which sends the shards, does not count.
   */
  private Times run(
      GradientEngine engine, NetworkSpec spec, ShardPlan plan, boolean carries, int fewest) {
    try (JobName name = session.named("measure what a step costs")) {
      return medians(engine, spec, plan, carries, fewest);
    }
  }

  private Times medians(
      GradientEngine engine, NetworkSpec spec, ShardPlan plan, boolean carries, int fewest) {
    Parameters weights =
        Initializer.initialize(new ParameterLayout(spec), InitialKind.UNIFORM, Double.NaN, SEED);
    Optional<CarriedState> carried =
        carries ? Optional.of(new CarriedState(spec, plan.blocks())) : Optional.empty();
    List<Double> compute = new ArrayList<>();
    List<Double> besides = new ArrayList<>();
    engine.gradient(weights, request(0, plan, weights, carried));
    long start = System.nanoTime();
    boolean steady = false;
    for (int piece = 1; piece <= MOST && !steady; piece++) {
      while (isTooShort(compute.size(), System.nanoTime() - start, piece)) {
        StepRequest request = request(compute.size() + 1, plan, weights, carried);
        long from = System.nanoTime();
        StepOutcome outcome = engine.gradient(weights, request);
        compute.add((double) outcome.slowestTaskNanos());
        besides.add((double) (System.nanoTime() - from - outcome.slowestTaskNanos()));
      }
      steady = compute.size() >= fewest && isSteady(compute) && isSteady(besides);
    }
    return new Times(Medians.of(lastHalf(compute)), Medians.of(lastHalf(besides)));
  }

  private boolean isTooShort(int steps, long elapsed, int pieces) {
    return steps < FEWEST || elapsed < pieces * budget && steps < MOST_STEPS;
  }

  private static boolean isSteady(List<Double> times) {
    return Medians.areLevel(lastHalf(times));
  }

  private static List<Double> lastHalf(List<Double> times) {
    return times.subList(times.size() / 2, times.size());
  }

  private static StepRequest request(
      long step, ShardPlan plan, Parameters weights, Optional<CarriedState> carried) {
    long ofEpoch = step % plan.stepsPerEpoch();
    return new StepRequest(
        SEED, step, 0, ofEpoch, weights.fingerprint(), Backpropagation.FULL, carried);
  }
}

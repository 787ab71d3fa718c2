package io.hindsight.driver.plan;

import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.StepTasks;
import io.hindsight.driver.step.TaskThreads;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Times of tasks with more and with fewer shards, in as many threads as the local engine would use,
 * and in the threads it would use.
 */
final class KernelTimes {
  private static final int WARM_UP_WINDOW = 4; // time steps
  private static final int ROUNDS = 200;
  private static final int FEWEST = 8;
  private static final int MOST = 4; // times the budget, as long as steps become faster

  private final ShardPlan plan;
  private final PackedWeights weights;
  private final StepRequest first;
  private final int threads;
  private final double budget; // ns
  private final List<TimedTasks> all = new ArrayList<>();
  private final List<Double> handOffs = new ArrayList<>(); // ns

  private KernelTimes(
      NetworkSpec spec,
      ShardPlan plan,
      TrainingConfig training,
      Parameters parameters,
      double budget) {
    this.plan = plan;
    this.budget = budget;
    weights = PackedWeights.of(parameters);
    threads = Math.min(TaskThreads.wished(training.execution().tasks()), plan.shards().size());
    Optional<CarriedState> carried =
        training.bptt().carryState()
            ? Optional.of(new CarriedState(spec, plan.blocks()))
            : Optional.empty();
    first = new StepRequest(0, 0, 0, 0, parameters.fingerprint(), Backpropagation.FULL, carried);
  }

  /**
   * Measures.
   *
   * @param budget about how long, ns, after as long a warm-up; up to {@value #MOST} times that
   *     while steps become faster
   */
  static KernelTimes measure(
      NetworkSpec spec,
      ShardPlan plan,
      TrainingConfig training,
      Parameters parameters,
      long seed,
      double budget) {
    KernelTimes times = new KernelTimes(spec, plan, training, parameters, budget);
    try (TaskThreads threads = new TaskThreads("hindsight-calibration", times.threads)) {
      times.measure(spec, seed, threads);
    }
    return times;
  }

  /** How many threads computed. */
  int threads() {
    return threads;
  }

  /** The time of a task by its lane blocks. */
  KernelSpeed speed() {
    return new KernelSpeed(all.stream().map(TimedTasks::point).toList());
  }

  /** Giving the threads a step and learning that the slowest is done, ns. */
  double handOff() {
    return Medians.of(handOffs.subList(handOffs.size() / 2, handOffs.size()));
  }

  /**
   * One shard at a time, as the engine would divide them here, and all in one task: a step of each
   * in turn, so that what disturbs one disturbs all.
   */
  private void measure(NetworkSpec spec, long seed, TaskThreads pool) {
    for (int runs : new TreeSet<>(List.of(1, threads, plan.shards().size()))) {
      List<List<Shard>> split = plan.split(runs);
      int blocks = split.get(runs - 1).stream().mapToInt(Shard::blocks).sum();
      StepTasks tasks = tasks(spec, split, seed, plan.windows());
      all.add(new TimedTasks(blocks, tasks, new ArrayList<>()));
    }
    warmUp(tasks(spec, plan.split(plan.shards().size()), seed, brief(spec)), pool);
    measure(pool);
  }

  /** Short windows, unless sequences must be taken as a whole. */
  private CarriedWindows brief(NetworkSpec spec) {
    int window = plan.windows().window();
    return CarriedWindows.following(
        spec.scoresWholeSequences() ? window : Math.min(WARM_UP_WINDOW, window));
  }

  /** As many tasks as there are threads; the last runs, which are the longest. */
  private StepTasks tasks(
      NetworkSpec spec, List<List<Shard>> runs, long seed, CarriedWindows windows) {
    List<List<Shard>> last =
        runs.subList(runs.size() - Math.min(threads, runs.size()), runs.size());
    return new StepTasks(spec, last, plan.shards().size(), seed, windows);
  }

  /** Short windows run the same code many times soon, so that it is compiled before it is timed. */
  private void warmUp(StepTasks tasks, TaskThreads pool) {
    long start = System.nanoTime();
    double elapsed = 0;
    for (int round = 0; elapsed < budget || round < ROUNDS && elapsed < MOST * budget; round++) {
      slowest(tasks, pool, round);
      elapsed = System.nanoTime() - start;
    }
  }

  private void measure(TaskThreads pool) {
    long start = System.nanoTime();
    int rounds = 0;
    boolean steady = false;
    for (int piece = 1; piece <= MOST && !steady; piece++) {
      while (rounds == 0 || System.nanoTime() - start < piece * budget) {
        for (TimedTasks timed : all) {
          timed.times().add(slowest(timed.tasks(), pool, rounds));
        }
        rounds++;
      }
      steady = rounds >= FEWEST && all.stream().allMatch(TimedTasks::isSteady);
    }
  }

  private double slowest(StepTasks tasks, TaskThreads pool, long round) {
    StepRequest request = request(round);
    long start = System.nanoTime();
    long slowest = 0;
    for (StepResult result : tasks.run(pool, weights, request)) {
      slowest = Math.max(slowest, result.computeNanos());
    }
    handOffs.add((double) (System.nanoTime() - start - slowest));
    return slowest;
  }

  private StepRequest request(long round) {
    long step = round % plan.stepsPerEpoch();
    return new StepRequest(
        0, round, 0, step, first.weights(), first.backpropagation(), first.carried());
  }

  /**
   * Tasks that compute at once, and how long the slowest took in each step.
   *
   * @param blocks lane blocks of a task
   * @param tasks what computes
   * @param times of each step so far, ns; grows
   */
  private record TimedTasks(int blocks, StepTasks tasks, List<Double> times) {
    private static final double WARM_UP = 0.6; // of the steps

    /** The time of a step after the first, in which code is still being compiled. */
    KernelSpeed.Point point() {
      return new KernelSpeed.Point(blocks, Medians.of(last()));
    }

    private List<Double> last() {
      return times.subList((int) (WARM_UP * times.size()), times.size());
    }

    /** Whether the steps no longer become faster. */
    boolean isSteady() {
      return Medians.areLevel(last());
    }
  }
}

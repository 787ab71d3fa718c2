package io.hindsight.driver.plan;

import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardTask;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures a run's own network on its own windows in this process.
 *
 * <p>The kernels are slow until Java has compiled them, which takes a second or two: more than half
 * of the steps are warming up, and a short calibration errs on the slow side.
 */
public final class Calibration {
  private static final double NANOS = 1e9;
  private static final double WARM_UP = 0.6; // of the steps
  private static final int WARM_UP_WINDOW = 4; // time steps
  private static final int ROUNDS = 200;
  private static final double MOST = 4; // times the time, as long as steps become faster
  private static final double SMALL = 0.03; // of the time, for each operation on P numbers
  private static final int COMPILED = 500; // runs
  private static final long LONGEST_WARM_UP = 500_000_000L; // ns
  private static final int FEWEST = 8;
  private static final double GRADIENT = 1e-3;
  private static final double RATE = 1e-9;

  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final TrainingConfig training;
  private final long seed;
  private final int threads;
  private final double budget; // ns
  private final Parameters parameters;
  private final PackedWeights packed;
  private final List<Double> handOffs = new ArrayList<>(); // ns

  private Calibration(
      NetworkSpec spec, ShardPlan plan, TrainingConfig training, long seed, double seconds) {
    this.spec = spec;
    this.plan = plan;
    this.training = training;
    this.seed = seed;
    int wished = training.tasks() > 0 ? training.tasks() : availableProcessors();
    threads = Math.min(wished, plan.shards().size());
    budget = seconds * NANOS;
    ParameterLayout layout = new ParameterLayout(spec);
    parameters = Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, seed);
    packed = PackedWeights.of(parameters);
  }

  private static int availableProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Measures.
   *
   * @param seconds about how long, and up to four times that while steps still become faster; a
   *     step that takes longer is made nevertheless
   */
  public static Constants measure(
      NetworkSpec spec, ShardPlan plan, TrainingConfig training, long seed, double seconds) {
    return new Calibration(spec, plan, training, seed, seconds).measure();
  }

  private Constants measure() {
    KernelSpeed speed = speed();
    double pack = median(() -> packed.pack(parameters));
    double fingerprint = median(parameters::fingerprint);
    GradientSum one = gradient();
    GradientSum other = new GradientSum(parameters.values().length);
    double merge = median(() -> one.merge(other));
    return new Constants(
        speed, threads, medianOfLastHalf(handOffs), pack, fingerprint, merge, update());
  }

  private GradientSum gradient() {
    double[] values = new double[parameters.values().length];
    Arrays.fill(values, GRADIENT);
    return new GradientSum(values, 0, 1);
  }

  private double update() {
    GradientSum sum = gradient();
    double[] weights = parameters.values().clone();
    Optimizer optimizer = Optimizer.create(training.optimizer(), weights.length);
    return median(
        () -> {
          double factor = training.clip().clip(sum.mean().gradient()).factor();
          optimizer.update(weights, sum.gradient(), factor, RATE);
        });
  }

  /** Median time of an operation on P numbers, ns. */
  private double median(Runnable operation) {
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    do {
      long from = System.nanoTime();
      operation.run();
      times.add((double) (System.nanoTime() - from));
    } while (isTooShort(times.size(), System.nanoTime() - start));
    return medianOfLastHalf(times);
  }

  /** A small network's update is done a few dozen times before its code has been compiled. */
  private boolean isTooShort(int runs, long elapsed) {
    boolean cold = runs < COMPILED && elapsed < LONGEST_WARM_UP;
    return runs < FEWEST || elapsed < SMALL * budget || cold;
  }

  /**
   * One shard at a time, as the engine would divide them here, and all in one task: a step of each
   * in turn, so that what disturbs one disturbs all.
   */
  private KernelSpeed speed() {
    List<Series> all = new ArrayList<>();
    for (int runs : new TreeSet<>(List.of(1, threads, plan.shards().size()))) {
      List<List<Shard>> split = plan.split(runs);
      int blocks = split.get(runs - 1).stream().mapToInt(Shard::blocks).sum();
      all.add(new Series(blocks, tasks(split, plan.window()), new ArrayList<>()));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, Calibration::daemon);
    try {
      warmUp(pool);
      measure(all, pool);
    } finally {
      pool.shutdownNow();
    }
    return new KernelSpeed(all.stream().map(Series::point).toList());
  }

  /**
   * Tasks that compute at once, and how long the slowest took in each step, ns.
   *
   * @param blocks lane blocks of a task
   */
  private record Series(int blocks, List<ShardTask> tasks, List<Double> times) {
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

  private void measure(List<Series> all, ExecutorService pool) {
    long start = System.nanoTime();
    double elapsed = 0;
    boolean steady = false;
    for (int round = 0; elapsed < budget || !steady && elapsed < MOST * budget; round++) {
      for (Series series : all) {
        series.times().add(slowest(series.tasks(), pool, round));
      }
      elapsed = System.nanoTime() - start;
      steady = round + 1 >= FEWEST && all.stream().allMatch(Series::isSteady);
    }
  }

  /** Short windows run the same code many times soon, so that it is compiled before it is timed. */
  private void warmUp(ExecutorService pool) {
    int window = Math.min(WARM_UP_WINDOW, plan.window());
    List<ShardTask> tasks = tasks(plan.split(plan.shards().size()), window);
    long start = System.nanoTime();
    double elapsed = 0;
    for (int round = 0; elapsed < budget || round < ROUNDS && elapsed < MOST * budget; round++) {
      slowest(tasks, pool, round);
      elapsed = System.nanoTime() - start;
    }
  }

  /** As many tasks as there are threads; the last runs, which are the longest. */
  private List<ShardTask> tasks(List<List<Shard>> runs, int window) {
    return runs.subList(runs.size() - Math.min(threads, runs.size()), runs.size()).stream()
        .map(run -> new ShardTask(spec, run, plan.shards().size(), seed, window))
        .toList();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hindsight-calibration");
    thread.setDaemon(true);
    return thread;
  }

  private static double medianOfLastHalf(List<Double> times) {
    return Medians.of(times.subList(times.size() / 2, times.size()));
  }

  private double slowest(List<ShardTask> tasks, ExecutorService pool, long round) {
    StepRequest request = request(round);
    long start = System.nanoTime();
    List<Future<Long>> computing = new ArrayList<>();
    for (ShardTask task : tasks) {
      computing.add(pool.submit(() -> task.run(packed, request).computeNanos()));
    }
    double slowest = 0;
    for (Future<Long> nanos : computing) {
      slowest = Math.max(slowest, await(nanos));
    }
    handOffs.add(System.nanoTime() - start - slowest);
    return slowest;
  }

  private StepRequest request(long round) {
    Optional<CarriedState> carried =
        training.bptt().carryState()
            ? Optional.of(new CarriedState(spec, plan.blocks()))
            : Optional.empty();
    int whole = Integer.MAX_VALUE;
    long step = round % plan.stepsPerEpoch();
    return new StepRequest(0, round, 0, step, parameters.fingerprint(), whole, carried);
  }

  private static long await(Future<Long> nanos) {
    try {
      return nanos.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("the calibration failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the kernels were measured", e);
    }
  }
}

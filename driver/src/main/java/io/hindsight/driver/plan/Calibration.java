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
 * of the time is warming up, and a short calibration errs on the slow side.
 */
public final class Calibration {
  private static final double NANOS = 1e9;
  private static final double WARM_UP = 0.6;
  private static final double SMALL = 0.03; // of the time, for each operation on P numbers
  private static final int FEWEST = 3;
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
   * @param seconds about how long; a step that takes longer is made three times nevertheless
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
    return new Constants(speed, threads, pack, fingerprint, merge, update());
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
    } while (times.size() < FEWEST || System.nanoTime() - start < SMALL * budget);
    return Medians.of(times.subList(times.size() / 2, times.size()));
  }

  /** As the engine would divide the shards here, one shard at a time, and all in one task. */
  private KernelSpeed speed() {
    TreeSet<Integer> runs = new TreeSet<>(List.of(threads));
    runs.add(plan.shards().size());
    runs.add(1);
    List<Integer> order = new ArrayList<>(runs);
    order.remove((Integer) threads);
    order.add(0, threads); // first, with most of the time: it compiles the kernels
    List<KernelSpeed.Point> points = new ArrayList<>();
    double seconds = budget * (1 - 5 * SMALL);
    ExecutorService pool = Executors.newFixedThreadPool(threads, Calibration::daemon);
    try {
      for (int i = 0; i < order.size(); i++) {
        double share = order.size() == 1 ? 1 : i == 0 ? 0.6 : 0.4 / (order.size() - 1);
        points.add(measure(plan.split(order.get(i)), pool, share * seconds));
      }
    } finally {
      pool.shutdownNow();
    }
    return new KernelSpeed(points);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hindsight-calibration");
    thread.setDaemon(true);
    return thread;
  }

  private KernelSpeed.Point measure(List<List<Shard>> runs, ExecutorService pool, double nanos) {
    List<ShardTask> tasks = new ArrayList<>();
    int blocks = 0;
    for (List<Shard> run : runs.subList(runs.size() - Math.min(threads, runs.size()), runs.size())) {
      tasks.add(new ShardTask(spec, run, plan.shards().size(), seed, plan.window()));
      blocks = Math.max(blocks, run.stream().mapToInt(Shard::blocks).sum());
    }
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    int warm = 0;
    do {
      boolean cold = System.nanoTime() - start < WARM_UP * nanos;
      times.add(slowest(tasks, pool, times.size()));
      warm = cold ? times.size() : warm;
    } while (times.size() < FEWEST || System.nanoTime() - start < nanos);
    int from = Math.min(warm, times.size() - 1);
    return new KernelSpeed.Point(blocks, Medians.of(times.subList(from, times.size())));
  }

  private double slowest(List<ShardTask> tasks, ExecutorService pool, long round) {
    StepRequest request = request(round);
    List<Future<Long>> computing = new ArrayList<>();
    for (ShardTask task : tasks) {
      computing.add(pool.submit(() -> task.run(packed, request).computeNanos()));
    }
    double slowest = 0;
    for (Future<Long> nanos : computing) {
      slowest = Math.max(slowest, await(nanos));
    }
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

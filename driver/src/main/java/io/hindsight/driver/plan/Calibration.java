package io.hindsight.driver.plan;

import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.shard.ShardPlan;
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

/**
 * Measures a run's own network on its own windows in this process.
 *
 * <p>The kernels are slow until Java has compiled them, which takes a second or two: more than half
 * of the steps are warming up, and a short calibration errs on the slow side.
 */
public final class Calibration {
  private static final double NANOS = 1e9;
  private static final double SMALL = 0.03; // of the time, for each operation on P numbers
  private static final int COMPILED = 500; // runs
  private static final long LONGEST_WARM_UP = 500_000_000L; // ns
  private static final int FEWEST = 8;
  private static final double SHARE = 0.05; // of a run's own time
  private static final double SHORTEST = 0.02; // s
  private static final double LONGEST = 1; // s
  private static final double LEAST_STEP = 0.005; // s, on a cluster
  private static final double FLOPS = 6; // of a parameter in a time step, forward and backward
  private static final double RATE_OF_FLOPS = 2e10; // in a second, of kernels with vectors
  private static final double GRADIENT = 1e-3;
  private static final double RATE = 1e-9;

  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final TrainingConfig training;
  private final long seed;
  private final double budget; // ns
  private final Parameters parameters;
  private final PackedWeights packed;

  private Calibration(
      NetworkSpec spec, ShardPlan plan, TrainingConfig training, long seed, double seconds) {
    this.spec = spec;
    this.plan = plan;
    this.training = training;
    this.seed = seed;
    budget = seconds * NANOS;
    ParameterLayout layout = new ParameterLayout(spec);
    parameters = Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, seed);
    packed = PackedWeights.of(parameters);
  }

  /**
   * How long to measure before a run on a cluster begins: a twentieth of what its steps take at
   * least, since a choice saves no more than a part of that.
   *
   * @param steps of the run
   * @return seconds, from {@value #SHORTEST} to {@value #LONGEST}
   */
  public static double seconds(Workload workload, long steps) {
    double flops = FLOPS * workload.parameters() * workload.batch() * workload.window();
    double step = Math.max(LEAST_STEP, flops / RATE_OF_FLOPS);
    return Math.max(SHORTEST, Math.min(LONGEST, SHARE * steps * step));
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
    KernelTimes kernels = KernelTimes.measure(spec, plan, training, parameters, seed, budget);
    double pack = median(() -> packed.pack(parameters));
    double fingerprint = median(parameters::fingerprint);
    GradientSum one = gradient();
    GradientSum other = gradient();
    double merge = median(() -> one.merge(other));
    return new Constants(
        kernels.speed(), kernels.threads(), kernels.handOff(), pack, fingerprint, merge, update());
  }

  /** Of all parameters, but of tables of as many rows as windows of the minibatch have steps. */
  private GradientSum gradient() {
    ParameterLayout layout = parameters.layout();
    long steps = (long) plan.batch() * plan.windows().window();
    int rows = (int) Math.min(layout.rows().count(), steps);
    double[] values = new double[parameters.values().length];
    int end = rows == 0 ? layout.denseSize() : layout.rows().offset(rows - 1) + 1;
    Arrays.fill(values, 0, end, GRADIENT);
    return GradientSum.ofMean(layout, values);
  }

  private double update() {
    GradientSum sum = gradient();
    double[] weights = parameters.values().clone();
    Update config = training.update();
    Optimizer optimizer = Optimizer.create(config.optimizer(), weights.length);
    MeanUpdate update = new MeanUpdate(parameters.layout(), config.reach());
    return median(() -> update.make(sum.mean(), config.clip(), optimizer, weights, RATE));
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
    return Medians.of(times.subList(times.size() / 2, times.size()));
  }

  /** A small network's update is done a few dozen times before its code has been compiled. */
  private boolean isTooShort(int runs, long elapsed) {
    boolean cold = runs < COMPILED && elapsed < LONGEST_WARM_UP;
    return runs < FEWEST || elapsed < SMALL * budget || cold;
  }
}

package io.hindsight.driver.optim;

import io.hindsight.driver.optim.OptimizerSpec.AdaGrad;
import io.hindsight.driver.optim.OptimizerSpec.Adam;
import io.hindsight.driver.optim.OptimizerSpec.RmsProp;
import io.hindsight.driver.optim.OptimizerSpec.Sgd;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.math.choice.Norms;
import io.hindsight.kernels.math.choice.OpsProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * CPU time of the driver's passes over P parameters, each beside {@link System#arraycopy} of the
 * bytes it must move: a copy of n doubles reads and writes 16·n bytes.
 *
 * <p>A program, not a test. It takes P, 1e6 without.
 */
final class OptimizerBench {
  private static final int WARM_UP = 12;
  private static final int ROUNDS = 31;
  private static final double RATE = 1e-9;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final int parameters;
  private final double[] weights;
  private final GradientSum sum;
  private final GradientSum other;
  private final GradientClipper clipper = new GradientClipper.ByNorm(1);
  private double sink;

  private OptimizerBench(int parameters) {
    this.parameters = parameters;
    weights = new Random(1).doubles(parameters, -1, 1).toArray();
    sum = new GradientSum(new Random(2).doubles(parameters, -1, 1).toArray(), 0, 1);
    other = new GradientSum(new double[parameters], 0, 0);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    int parameters = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    new OptimizerBench(parameters).run();
  }

  private void run() {
    System.out.printf(
        "%,d parameters, Java %s, %s%n%-24s%10s%10s%10s%n",
        parameters,
        System.getProperty("java.version"),
        OpsProvider.description(),
        "pass",
        "ns each",
        "copy",
        "ratio");
    // Arrays read or written once each, in pairs: what a copy of as many bytes has.
    measure("norm", 0.5, () -> sink += Norms.euclidean(sum.gradient()));
    measure("first non-finite", 0.5, () -> sink += sum.firstNonFinite());
    measure("merge", 1.5, () -> sum.merge(other));
    measure("mean", 1, this::mean);
    optimizers().forEach(this::measure);
    System.out.println(sink == 0 ? "" : " ");
  }

  private void mean() {
    sum.addLoss(0, 1, 1);
    sum.mean();
  }

  private static Map<String, OptimizerSpec> optimizers() {
    Map<String, OptimizerSpec> specs = new LinkedHashMap<>();
    specs.put("sgd", new Sgd(0, 0, false, 0));
    specs.put("sgd momentum", new Sgd(0.9, 0, false, 0));
    specs.put("sgd nesterov", new Sgd(0.9, 0, true, 0));
    specs.put("rmsprop", new RmsProp(0.99, 1e-8, false, 0, 0));
    specs.put("rmsprop momentum", new RmsProp(0.99, 1e-8, false, 0.9, 0));
    specs.put("rmsprop centred", new RmsProp(0.99, 1e-8, true, 0, 0));
    specs.put("rmsprop both", new RmsProp(0.99, 1e-8, true, 0.9, 0));
    specs.put("adagrad", new AdaGrad(0, 0, 1e-10, 0));
    specs.put("adam", new Adam(0.9, 0.999, 1e-8, false, 0, false));
    specs.put("adam amsgrad", new Adam(0.9, 0.999, 1e-8, true, 0, false));
    specs.put("adamw", new Adam(0.9, 0.999, 1e-8, false, 0.01, true));
    return specs;
  }

  /** Clipping reads g; the update reads g, reads and writes w and every slot. */
  private void measure(String name, OptimizerSpec spec) {
    Optimizer optimizer = Optimizer.create(spec, parameters);
    double copies = 0.5 * (1 + 1 + 2 * (1 + optimizer.slots().size()));
    measure(
        "clip, " + name,
        copies,
        () -> {
          double factor = clipper.clip(sum.gradient()).factor();
          optimizer.update(weights, sum.gradient(), factor, RATE);
        });
  }

  private void measure(String name, double copies, Runnable pass) {
    int doubles = (int) (copies * parameters);
    double[] source = new double[doubles];
    double[] target = new double[doubles];
    Runnable copy = () -> System.arraycopy(source, 0, target, 0, doubles);
    long[] passNanos = new long[ROUNDS];
    long[] copyNanos = new long[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long passTime = time(pass);
      long copyTime = time(copy);
      if (round >= 0) {
        passNanos[round] = passTime;
        copyNanos[round] = copyTime;
      }
    }
    double each = median(passNanos);
    double ofCopy = median(copyNanos);
    System.out.printf(Locale.ROOT, "%-24s%10.3f%10.3f%10.2f%n", name, each, ofCopy, each / ofCopy);
  }

  /** Nanoseconds per parameter. */
  private double median(long[] nanos) {
    Arrays.sort(nanos);
    return (double) nanos[nanos.length / 2] / parameters;
  }

  private long time(Runnable pass) {
    int repetitions = Math.max(1, 2_000_000 / parameters);
    long start = CLOCK.getCurrentThreadCpuTime();
    for (int i = 0; i < repetitions; i++) {
      pass.run();
    }
    return (CLOCK.getCurrentThreadCpuTime() - start) / repetitions;
  }
}

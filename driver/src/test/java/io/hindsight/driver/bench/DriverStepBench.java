package io.hindsight.driver.bench;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.OptimizerSpec.AdaGrad;
import io.hindsight.driver.optim.OptimizerSpec.Adam;
import io.hindsight.driver.optim.OptimizerSpec.RmsProp;
import io.hindsight.driver.optim.OptimizerSpec.Sgd;
import io.hindsight.driver.optim.UpdateRanges;
import io.hindsight.driver.step.ParallelLoop;
import io.hindsight.driver.step.TaskThreads;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What the driver itself does in a step of two LSTM layers of H units: milliseconds of each pass on
 * one thread and on several, in turn, medians by the clock.
 *
 * <p>A program, not a test: {@code DriverStepBench H THREADS ROUNDS}.
 */
public final class DriverStepBench {
  private static final double RATE = 1e-9;
  private static final int WARM_UP = 10;

  private final int rounds;
  private final ParallelLoop parallel;
  private final Parameters weights;
  private final GradientSum sum;
  private final GradientSum other;
  private final UpdateRanges all;
  private final double[] copy; // (P)

  private DriverStepBench(int hidden, int threads, int rounds) {
    this.rounds = rounds;
    parallel = new ParallelLoop(new TaskThreads("bench", threads));
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(hidden),
            new LstmCell(),
            List.of(hidden, hidden),
            new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP));
    weights = new Parameters(new ParameterLayout(spec));
    int parameters = weights.values().length;
    Arrays.setAll(weights.values(), i -> Math.sin(i));
    sum = new GradientSum(new Random(2).doubles(parameters, -1, 1).toArray(), 0, 1);
    other = new GradientSum(new double[parameters], 0, 0);
    all = UpdateRanges.all(parameters);
    copy = new double[parameters];
    Arrays.fill(copy, 1);
  }

  /** Prints a line for each pass. */
  public static void main(String[] arguments) {
    int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    new DriverStepBench(numbers[0], numbers[1], numbers[2]).run();
  }

  private void run() {
    System.out.printf(
        "%,d parameters%n%-20s%10s%10s%8s%n",
        weights.values().length, "pass, ms", "1 thread", parallel.threads().count(), "ratio");
    PackedWeights packed = new PackedWeights(weights.layout().spec());
    measure("fingerprint", weights::fingerprint);
    measure("pack", loop -> pack(packed, loop));
    measure("finite", loop -> sum.firstNonFinite());
    measure("merge", loop -> sum.merge(other, loop));
    measure("mean", this::mean);
    measure("norm", loop -> new GradientClipper.ByNorm(1).clip(sum.gradient(), loop));
    measure("copy", this::copy);
    measure("sgd", new Sgd(0, 0, false, 0));
    measure("sgd, momentum", new Sgd(0.9, 0, false, 0));
    measure("rmsprop", new RmsProp(0.99, 1e-8, false, 0, 0));
    measure("rmsprop, both", new RmsProp(0.99, 1e-8, true, 0.9, 0));
    measure("adagrad", new AdaGrad(0, 0, 1e-10, 0));
    measure("adam", new Adam(0.9, 0.999, 1e-8, false, 0, false));
    measure("adam, amsgrad", new Adam(0.9, 0.999, 1e-8, true, 0, false));
    parallel.close();
  }

  /** As the local engine does, each of its threads a part. */
  private void pack(PackedWeights packed, RangeLoop loop) {
    if (loop == RangeLoop.SERIAL) {
      packed.pack(weights);
      return;
    }
    int parts = parallel.threads().count();
    parallel.threads().run(parts, (thread, part) -> packed.pack(weights, part, parts));
  }

  private void mean(RangeLoop loop) {
    sum.addLoss(0, 1, 1);
    sum.mean(loop);
  }

  private void copy(RangeLoop loop) {
    double[] from = weights.values();
    loop.run(from.length, (i, end) -> System.arraycopy(from, i, copy, i, end - i));
  }

  private void measure(String name, OptimizerSpec spec) {
    Optimizer optimizer = Optimizer.create(spec, weights.values().length);
    measure(name, loop -> optimizer.update(weights.values(), sum.gradient(), all, 0.5, RATE, loop));
  }

  private void measure(String name, Consumer<RangeLoop> pass) {
    double[] serial = new double[rounds];
    double[] shared = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      double one = millis(pass, RangeLoop.SERIAL);
      double several = millis(pass, parallel);
      if (round >= 0) {
        serial[round] = one;
        shared[round] = several;
      }
    }
    Arrays.sort(serial);
    Arrays.sort(shared);
    double one = serial[rounds / 2];
    double several = shared[rounds / 2];
    System.out.printf(Locale.ROOT, "%-20s%10.3f%10.3f%8.2f%n", name, one, several, one / several);
  }

  private static double millis(Consumer<RangeLoop> pass, RangeLoop loop) {
    long start = System.nanoTime();
    pass.accept(loop);
    return (System.nanoTime() - start) / 1e6;
  }
}

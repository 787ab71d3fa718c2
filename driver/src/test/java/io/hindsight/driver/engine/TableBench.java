package io.hindsight.driver.engine;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Times of a training step of an LSTM by the size of a table of which a step uses 100 rows: its
 * gradient, its update by Adam, and the fingerprint of the weights. The variants take turns, so
 * that what disturbs one disturbs all.
 *
 * <p>A program, not a test.
 */
final class TableBench {
  private static final int HIDDEN = 128;
  private static final int BATCH = 32;
  private static final int STEPS = 100; // of a sequence
  private static final int WIDTH = 16;
  private static final int USED = 100; // rows
  private static final int WARM_UP = 15;
  private static final int ROUNDS = 41;
  private static final double RATE = 1e-9;

  private final String name;
  private final LocalEngine engine;
  private final Parameters weights;
  private final MeanUpdate update;
  private final Optimizer optimizer;
  private final double[][] millis = new double[4][ROUNDS]; // fingerprint, gradient, update, all
  private long step;

  private TableBench(int rows, boolean sparse) {
    name = "%,d rows, %s".formatted(rows, sparse ? "sparse" : "all");
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(4, 0, List.of(new EmbeddingSpec(rows, WIDTH, false))),
            new LstmCell(),
            List.of(HIDDEN),
            new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
    ParameterLayout layout = new ParameterLayout(spec);
    weights = Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, 1);
    engine = new LocalEngine(spec, plan(rows), 1, 1);
    update = new MeanUpdate(layout, new Reach(Reach.Decay.ALL, sparse));
    OptimizerSpec adam = new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false);
    optimizer = Optimizer.create(adam, layout.size());
  }

  private static ShardPlan plan(int rows) {
    Random random = new Random(1);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      int[] ids = random.ints(STEPS, 0, USED).map(id -> id * (rows / USED)).toArray();
      sequences.add(
          Sequence.ofFeatures("s" + i, random.doubles(4L * STEPS).toArray(), STEPS)
              .withCategories(ids)
              .withTargets(random.doubles(STEPS).toArray()));
    }
    return RankedWindows.plan(sequences, BATCH, OptionalInt.empty(), CarriedWindows.WHOLE);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    List<TableBench> all = new ArrayList<>();
    for (boolean sparse : new boolean[] {true, false}) {
      for (int rows : new int[] {1_000, 100_000}) {
        all.add(new TableBench(rows, sparse));
      }
    }
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (TableBench each : all) {
        each.step(round);
      }
    }
    System.out.printf(
        "Java %s, %s; medians of %d steps, ms%n%-22s%12s%12s%12s%12s%n",
        System.getProperty("java.version"),
        OpsProvider.description(),
        ROUNDS,
        "table",
        "fingerprint",
        "gradient",
        "update",
        "step");
    all.forEach(TableBench::print);
  }

  private void step(int round) {
    long start = System.nanoTime();
    long fingerprint = weights.fingerprint();
    long marked = System.nanoTime();
    StepOutcome outcome =
        engine.gradient(
            weights,
            new StepRequest(1, step++, 0, 0, fingerprint, Backpropagation.FULL, Optional.empty()));
    long computed = System.nanoTime();
    update.make(
        outcome.sum().mean(), new GradientClipper.ByNorm(1), optimizer, weights.values(), RATE);
    long end = System.nanoTime();
    if (round >= 0) {
      millis[0][round] = (marked - start) * 1e-6;
      millis[1][round] = (computed - marked) * 1e-6;
      millis[2][round] = (end - computed) * 1e-6;
      millis[3][round] = (end - start) * 1e-6;
    }
  }

  private void print() {
    StringBuilder line = new StringBuilder("%-22s".formatted(name));
    for (double[] part : millis) {
      Arrays.sort(part);
      line.append(String.format(Locale.ROOT, "%12.3f", part[ROUNDS / 2]));
    }
    System.out.println(line);
  }
}

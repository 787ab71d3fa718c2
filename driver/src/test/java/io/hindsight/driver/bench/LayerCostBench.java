package io.hindsight.driver.bench;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.random.CounterNoise;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * CPU time of a training step with what a layer can have, beside the step of the plain network.
 *
 * <p>A program, not a test. The networks take turns; a line tells the median time of a step, and
 * the median over the rounds of its ratio to the plain one's. It takes the number of rounds, 60
 * without, and then names of cells and {@code tables}, all of them without.
 */
final class LayerCostBench {
  private static final int HIDDEN = 128;
  private static final int BATCH = 32;
  private static final int STEPS = 100;
  private static final int WARM_UP = 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private final int rounds;

  private LayerCostBench(int rounds) {
    this.rounds = rounds;
  }

  /** Prints the tables. */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
    List<String> parts =
        arguments.length < 2
            ? List.of("lstm", "gru", "rnn", "tables")
            : List.of(arguments).subList(1, arguments.length);
    System.out.printf(
        "H %d, B %d, T %d, Java %s, %s%n",
        HIDDEN, BATCH, STEPS, System.getProperty("java.version"), OpsProvider.description());
    LayerCostBench bench = new LayerCostBench(rounds);
    for (String part : parts) {
      if (part.equals("tables")) {
        bench.compare(tables());
      } else {
        bench.compare(layers(BenchCells.named(part)));
        bench.compare(stacks(BenchCells.named(part)));
      }
    }
  }

  private static Map<String, Step> layers(Cell cell) {
    StateNoise dropout = new StateNoise(0.2, 0, 0);
    StateNoise zoneout = new StateNoise(0, 0.1, cell.hasCellState() ? 0.1 : 0);
    RecurrentSpec plain = RecurrentSpec.plain(cell, HIDDEN);
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(cell.name(), dense(plain));
    steps.put("  the same again", dense(plain));
    steps.put("  layer-norm", dense(with(plain, false, true, StateNoise.NONE)));
    steps.put("  bidirectional", dense(with(plain, true, false, StateNoise.NONE)));
    steps.put("  recurrent dropout", dense(with(plain, false, false, dropout)));
    steps.put("  zoneout", dense(with(plain, false, false, zoneout)));
    return steps;
  }

  private static Map<String, Step> stacks(Cell cell) {
    RecurrentSpec plain = RecurrentSpec.plain(cell, HIDDEN);
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put("two of " + cell.name(), dense(plain, plain));
    steps.put("  dropout between", dense(plain, new DropoutSpec(0.2, false), plain));
    steps.put("  the same at all steps", dense(plain, new DropoutSpec(0.2, true), plain));
    return steps;
  }

  /** A hundred rows occur of each table. */
  private static Map<String, Step> tables() {
    Map<String, Step> steps = new LinkedHashMap<>();
    for (boolean sparse : new boolean[] {true, false}) {
      String rule = sparse ? ", sparse" : ", dense";
      steps.put("lstm, table of 1e3 rows" + rule, table(1_000, sparse));
      steps.put("  table of 1e5 rows" + rule, table(100_000, sparse));
    }
    return steps;
  }

  private static RecurrentSpec with(
      RecurrentSpec plain, boolean bidirectional, boolean layerNorm, StateNoise noise) {
    return new RecurrentSpec(plain.cell(), HIDDEN, bidirectional, layerNorm, false, noise);
  }

  private static Step dense(LayerSpec... layers) {
    BenchShape shape = BenchShape.parse("%d,%d,%d,%d".formatted(HIDDEN, HIDDEN, BATCH, STEPS));
    NetworkSpec network = new NetworkSpec(InputSpec.dense(HIDDEN), List.of(layers), output());
    return new Step(network, BenchData.sequences(shape), false);
  }

  private static Step table(int rows, boolean sparse) {
    InputSpec input = InputSpec.dense(1, 0, List.of(new EmbeddingSpec(rows, 16, false)));
    List<LayerSpec> layers = List.of(RecurrentSpec.plain(BenchCells.named("lstm"), HIDDEN));
    BenchShape shape = BenchShape.parse("1,%d,%d,%d".formatted(HIDDEN, BATCH, STEPS));
    Random random = new Random(1);
    List<Sequence> sequences =
        BenchData.sequences(shape).stream()
            .map(
                each ->
                    each.withCategories(
                        random.ints(STEPS, 0, 100).map(id -> id * (rows / 100)).toArray()))
            .toList();
    return new Step(new NetworkSpec(input, layers, output()), sequences, sparse);
  }

  private static OutputSpec output() {
    return new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP);
  }

  private void compare(Map<String, Step> steps) {
    Map<String, Samples> times = new LinkedHashMap<>();
    Map<String, Samples> ratios = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      double first = Double.NaN;
      for (Map.Entry<String, Step> each : steps.entrySet()) {
        long start = ThreadUse.cpuNanos();
        each.getValue().run(round + WARM_UP);
        double time = ThreadUse.cpuNanos() - start;
        first = Double.isNaN(first) || !each.getKey().startsWith(" ") ? time : first;
        if (round >= 0) {
          times.computeIfAbsent(each.getKey(), name -> new Samples()).add(time);
          ratios.computeIfAbsent(each.getKey(), name -> new Samples()).add(time / first);
        }
      }
    }
    times.forEach(
        (name, samples) ->
            System.out.printf(
                "%-34s%9.3f ms%8.3f%n",
                name, samples.median() / NANOS_PER_MILLI, ratios.get(name).median()));
  }

  /** Training steps of a network on one minibatch, with the update. */
  private static final class Step {
    private final Parameters parameters;
    private final PackedWeights weights;
    private final Bptt bptt;
    private final SequenceBatch batch;
    private final GradientSum sum;
    private final GradientSum[] sums; // (NB), all the same
    private final Optimizer optimizer;
    private final MeanUpdate update;
    private final GradientClipper clipper = new GradientClipper.ByNorm(1);

    Step(NetworkSpec network, List<Sequence> sequences, boolean sparse) {
      parameters = BenchData.parameters(network);
      weights = new PackedWeights(network);
      bptt = new Bptt(network);
      batch = SequenceBatch.of(sequences.toArray(new Sequence[0]));
      sum = new GradientSum(parameters.layout());
      sums = new GradientSum[batch.blocks()];
      Arrays.fill(sums, sum);
      optimizer =
          Optimizer.create(
              new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false),
              parameters.layout().size());
      update = new MeanUpdate(parameters.layout(), new Reach(Reach.Decay.ALL, sparse));
    }

    void run(long number) {
      weights.pack(parameters);
      bptt.forward(weights, batch, null, new CounterNoise(1, number, 0));
      sum.clear();
      bptt.backward(weights, Backpropagation.FULL, sums);
      update.make(sum.mean(), clipper, optimizer, parameters.values(), 1e-9);
    }
  }
}

package io.hindsight.driver.engine;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.engine.resident.ResidentEngine;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.StepOutcome;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.driver.shard.WindowSchedule;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Measures what Spark costs a step beside the computation: {@code OverheadBench local[2]|workers
 * ENGINES ROUNDS STEPS HIDDEN…}, such as {@code local[2] spark-resident,spark-jobs 4 100 44 440}.
 * Engines run in turn, since resident tasks hold every core. Properties {@code spark.…} of the JVM
 * are settings of the session.
 *
 * <p>Per step: whole = fingerprint, engine and Adam; overhead = whole − slowest task's computation;
 * engine = the engine's share of the overhead, without fingerprint and Adam; CPU = mean CPU time of
 * all processes.
 */
public final class OverheadBench {
  private static final int SEQUENCES = 16;
  private static final int LENGTH = 2;

  private OverheadBench() {}

  /** Milliseconds of some steps of one engine and network. */
  private static final class Times {
    private final List<Double> whole = new ArrayList<>();
    private final List<Double> compute = new ArrayList<>();
    private final List<Double> engine = new ArrayList<>();
    private double cpuMs;

    void addCpu(double ms) {
      cpuMs += ms;
    }

    void add(double wholeMs, double computeMs, double engineMs) {
      whole.add(wholeMs);
      compute.add(computeMs);
      engine.add(engineMs);
    }

    String row() {
      double[] overhead = new double[whole.size()];
      Arrays.setAll(overhead, i -> whole.get(i) - compute.get(i));
      double[] share = new double[whole.size()];
      Arrays.setAll(share, i -> engine.get(i) - compute.get(i));
      return "%6d steps  whole %9.3f  compute %9.3f  overhead %9.3f  engine %9.3f ms  CPU %9.3f ms"
          .formatted(
              whole.size(),
              median(toArray(whole)),
              median(toArray(compute)),
              median(overhead),
              median(share),
              cpuMs / whole.size());
    }

    private static double[] toArray(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double median(double[] values) {
      Arrays.sort(values);
      return values[values.length / 2];
    }
  }

  /** Runs the benchmark and prints a line per engine and network. */
  public static void main(String[] arguments) throws Exception {
    List<String> engines = List.of(arguments[1].split(","));
    int rounds = Integer.parseInt(arguments[2]);
    int steps = Integer.parseInt(arguments[3]);
    List<Integer> hidden = Arrays.stream(arguments).skip(4).map(Integer::valueOf).toList();
    if (!arguments[0].equals("workers")) {
      try (TestSession session = TestSession.open(arguments[0], Map.of())) {
        measure(session, engines, hidden, rounds, steps);
      }
      return;
    }
    Path folder = Files.createTempDirectory("overhead");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, Isolation.loopback());
        TestSession session = TestSession.on(cluster, Map.of("spark.executor.memory", "900m"))) {
      measure(session, engines, hidden, rounds, steps);
    }
  }

  private static void measure(
      TestSession session, List<String> engines, List<Integer> hidden, int rounds, int steps) {
    for (int units : hidden) {
      NetworkSpec spec =
          new NetworkSpec(
              InputSpec.dense(units / 2),
              new LstmCell(),
              List.of(units),
              new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP));
      ShardPlan plan =
          ShardPlan.of(sequences(units / 2), SEQUENCES, OptionalInt.empty(), WindowSchedule.WHOLE);
      Map<String, Times> times = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (String name : engines) {
          try (GradientEngine engine = engine(name, session, spec, plan)) {
            run(engine, spec, plan, steps, times.computeIfAbsent(name, key -> new Times()));
          }
        }
      }
      System.out.printf("%,d parameters%n", new ParameterLayout(spec).size());
      times.forEach((name, each) -> System.out.printf("  %-15s%s%n", name, each.row()));
    }
  }

  private static GradientEngine engine(
      String name, TestSession session, NetworkSpec spec, ShardPlan plan) {
    return switch (name) {
      case "local" -> new LocalEngine(spec, plan, 1, 2);
      case "spark-jobs" -> new JobEngine(session.context(), spec, plan, 1, 2);
      case "spark-resident" -> new ResidentEngine(session.context(), spec, plan, 1, 2);
      default -> throw new IllegalArgumentException("no engine " + name);
    };
  }

  private static List<Sequence> sequences(int inputs) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < SEQUENCES; i++) {
      double[] features = new double[LENGTH * inputs];
      Arrays.setAll(features, k -> Math.sin(k));
      double[] targets = new double[LENGTH];
      sequences.add(Sequence.ofFeatures("s" + (100 + i), features, LENGTH).withTargets(targets));
    }
    return sequences;
  }

  private static void run(
      GradientEngine engine, NetworkSpec spec, ShardPlan plan, int steps, Times times) {
    Parameters weights = new Parameters(new ParameterLayout(spec));
    Optimizer adam =
        Optimizer.create(
            new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false), weights.values().length);
    int warmUp = steps / 2;
    double cpuBefore = 0;
    for (int step = 0; step < warmUp + steps; step++) {
      if (step == warmUp) {
        cpuBefore = cpuMs();
      }
      long start = System.nanoTime();
      StepRequest request =
          new StepRequest(
              5, step, step, 0, weights.fingerprint(), Bptt.WHOLE_WINDOW, Optional.empty());
      long asked = System.nanoTime();
      StepOutcome outcome = engine.gradient(weights, request);
      double engineMs = (System.nanoTime() - asked) / 1e6;
      adam.update(weights.values(), outcome.sum().mean().gradient(), 1, 1e-6);
      if (step >= warmUp) {
        times.add((System.nanoTime() - start) / 1e6, outcome.slowestTaskNanos() / 1e6, engineMs);
      }
    }
    times.addCpu(cpuMs() - cpuBefore);
  }

  /** CPU time of this process and of its children, the executors among them. */
  private static double cpuMs() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(Duration::toMillis)
        .sum();
  }
}

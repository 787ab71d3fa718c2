package io.hindsight.driver.engine;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Sequence;
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
 * Measures what an engine costs a step beside the computation: {@code OverheadBench
 * local[2]|workers ENGINE[:TASKS],… ROUNDS STEPS I,H,B,T[,STEPS]…}, for LSTM layers of I inputs, H
 * units, minibatches of B and T steps, such as {@code local[2] spark-resident,spark-jobs 4 200
 * 20,40,16,2}. Engines run in turn, since resident tasks hold every core; {@code workers} are two
 * processes of one core. Properties {@code spark.…} of the JVM are settings of the session.
 *
 * <p>Per step: whole = fingerprint, engine and Adam; overhead = whole − slowest task's computation;
 * engine = the engine's share of the overhead, without fingerprint and Adam; CPU = mean CPU time of
 * all processes. The first half of as many steps again in each round warms up.
 */
public final class OverheadBench {
  private static final int TASKS = 2;

  private OverheadBench() {}

  /** I inputs, H units, B sequences, T steps of time, and how many steps of training. */
  private record Shape(int inputs, int hidden, int batch, int length, int steps) {
    static Shape parse(String text, int steps) {
      int[] sizes = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
      return new Shape(sizes[0], sizes[1], sizes[2], sizes[3], sizes.length > 4 ? sizes[4] : steps);
    }

    NetworkSpec network() {
      return NetworkSpec.plain(
          InputSpec.dense(inputs),
          new LstmCell(),
          List.of(hidden),
          new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP));
    }

    ShardPlan plan() {
      List<Sequence> sequences = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        double[] features = new double[length * inputs];
        Arrays.setAll(features, k -> Math.sin(k));
        sequences.add(
            Sequence.ofFeatures("s" + (1000 + i), features, length)
                .withTargets(new double[length]));
      }
      return RankedWindows.plan(sequences, batch, OptionalInt.empty(), CarriedWindows.WHOLE);
    }
  }

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
    List<Shape> shapes =
        Arrays.stream(arguments).skip(4).map(shape -> Shape.parse(shape, steps)).toList();
    if (!arguments[0].equals("workers")) {
      try (TestSession session = TestSession.open(arguments[0], Map.of())) {
        measure(session, engines, shapes, rounds);
      }
      return;
    }
    Path folder = Files.createTempDirectory("overhead");
    try (StandaloneCluster cluster =
            StandaloneCluster.start(folder, 2, "5g", Isolation.loopback());
        TestSession session = TestSession.on(cluster, Map.of("spark.executor.memory", "4g"))) {
      measure(session, engines, shapes, rounds);
    }
  }

  private static void measure(
      TestSession session, List<String> engines, List<Shape> shapes, int rounds) {
    for (Shape shape : shapes) {
      NetworkSpec spec = shape.network();
      ShardPlan plan = shape.plan();
      Map<String, Times> times = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (String name : engines) {
          try (GradientEngine engine = engine(name, session, spec, plan)) {
            run(engine, spec, plan, shape.steps(), times.computeIfAbsent(name, key -> new Times()));
          }
        }
      }
      System.out.printf("%s, %,d parameters%n", shape, new ParameterLayout(spec).size());
      times.forEach((name, each) -> System.out.printf("  %-17s%s%n", name, each.row()));
    }
  }

  private static GradientEngine engine(
      String name, TestSession session, NetworkSpec spec, ShardPlan plan) {
    String[] parts = name.split(":");
    int tasks = parts.length > 1 ? Integer.parseInt(parts[1]) : TASKS;
    return switch (parts[0]) {
      case "local" -> new LocalEngine(spec, plan, 1, tasks);
      case "spark-jobs" -> JobEngines.open(session.context(), spec, plan, 1, tasks);
      case "spark-resident" -> new ResidentEngine(session.context(), spec, plan, 1, tasks);
      default -> throw new IllegalArgumentException("no engine " + name);
    };
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
              5, step, step, 0, weights.fingerprint(), Backpropagation.FULL, Optional.empty());
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

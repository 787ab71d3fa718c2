package io.hindsight.driver.bench;

import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Times steps of the local engine on several threads for {@code compare-pytorch --all-cores}: what
 * {@code LayerServer} of the kernels does for one, by the clock. Its argument is the threads.
 *
 * <p>It answers {@code run CELL I H B T DTYPE REPETITIONS} with {@code ms M M … process P}, as that
 * does.
 */
public final class EngineServer {
  private static final int WORDS = 8;
  private static final long SEED = 1;

  private final int threads;
  private List<String> layer = List.of(); // CELL I H B T of the engine
  private LocalEngine engine;
  private Parameters parameters;
  private StepRequest request;

  private EngineServer(int threads) {
    this.threads = threads;
  }

  /** Serves standard input until it ends. */
  public static void main(String[] args) throws IOException {
    EngineServer server = new EngineServer(Integer.parseInt(args[0]));
    System.out.printf(
        "ready Hindsight's local engine (%s), Java %s%n",
        OpsProvider.get().name(), Runtime.version());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(server.answer(line.trim()));
    }
  }

  private String answer(String line) {
    List<String> words = List.of(line.split("\\s+"));
    if (words.size() != WORDS || !words.get(0).equals("run")) {
      return "error expected 'run CELL I H B T DTYPE REPETITIONS', but read '" + line + "'";
    }
    if (!words.get(6).equals("float64")) {
      return "unsupported Hindsight computes in float64 only, not in " + words.get(6);
    }
    try {
      prepare(words.subList(1, 6));
      return measure(Integer.parseInt(words.get(7)));
    } catch (IllegalArgumentException e) {
      return "error " + e.getMessage();
    }
  }

  private void prepare(List<String> wanted) {
    if (wanted.equals(layer)) {
      return;
    }
    if (engine != null) {
      engine.close();
    }
    BenchShape shape = BenchShape.parse(String.join(",", wanted.subList(1, 5)));
    NetworkSpec network = BenchData.network(BenchCells.named(wanted.get(0)), shape);
    ShardPlan plan =
        RankedWindows.plan(
            BenchData.sequences(shape), shape.batch(), OptionalInt.empty(), CarriedWindows.WHOLE);
    parameters = BenchData.parameters(network);
    long weights = parameters.fingerprint();
    request = new StepRequest(0, 0, 0, 0, weights, Backpropagation.FULL, Optional.empty());
    engine = new LocalEngine(network, plan, SEED, threads);
    layer = wanted;
  }

  private String measure(int repetitions) {
    StringBuilder answer = new StringBuilder("ms");
    long before = processMillis();
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      engine.gradient(parameters, request);
      answer.append(String.format(Locale.ROOT, " %.4f", (System.nanoTime() - start) / 1e6));
    }
    return answer.append(" process ").append(processMillis() - before).toString();
  }

  private static long processMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
  }
}

package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Trains a golden case while a test does harm to its executors, always in the middle of a step, and
 * compares the weights with those of as many undisturbed steps in this process.
 */
final class DisturbedRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Milliseconds between steps while the run is not whole: a new executor wants the cores. */
  private static final int BREATH = 100;

  private static final int STRIDE = 20; // longest number of steps before the next harm

  /** Something that is done to an executor. */
  interface Harm {
    void to(ExecutorProcess victim) throws Exception;
  }

  private final GoldenCase golden;
  private final ShardPlan plan;
  private final ShardHolders holders;
  private final CounterRandom random;
  private final GoldenRun run;
  private final List<Double> stalls = new ArrayList<>(); // s, the longest step after each harm
  private final List<Double> whole = new ArrayList<>(); // s, from harm until all was well again
  private double longest; // s

  DisturbedRun(GoldenCase golden, ShardHolders holders, long seed) {
    this(golden, golden.plan(), holders, seed);
  }

  /** Over other data than the case's own. */
  DisturbedRun(GoldenCase golden, ShardPlan plan, ShardHolders holders, long seed) {
    this.golden = golden;
    this.plan = plan;
    this.holders = holders;
    random = CounterRandom.of(seed, Purpose.GENERATED_DATA, 4);
    run = new GoldenRun(plan, golden.initialWeights());
  }

  CounterRandom random() {
    return random;
  }

  /** Trains until the condition holds, slowly, so that the number of steps stays bounded. */
  void trainUntil(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the run is not whole after %s; holders of shards: %s, executors: %s"
                .formatted(PATIENCE, holders.now(), ExecutorProcess.running().keySet()));
      }
      makeStep();
      Thread.sleep(BREATH);
    }
  }

  void train(int steps) {
    for (int i = 0; i < steps; i++) {
      makeStep();
    }
  }

  private void makeStep() {
    long before = System.nanoTime();
    run.makeStep(holders.engine());
    longest = Math.max(longest, (System.nanoTime() - before) / 1e9);
  }

  /**
   * Makes some steps, harms an executor that holds shards in the middle of the next, and trains on.
   *
   * @param healed holds when the run is whole again
   */
  void harm(Harm harm, Healed healed) throws Exception {
    train(1 + random.nextInt(STRIDE));
    ExecutorProcess victim = pick();
    longest = 0;
    long before = System.nanoTime();
    Thread blow = new Thread(() -> strike(harm, victim), "harm");
    blow.start();
    makeStep();
    blow.join();
    makeStep(); // if that one was over before
    trainUntil(() -> healed.from(victim));
    stalls.add(longest);
    whole.add((System.nanoTime() - before) / 1e9);
  }

  /**
   * Stops an executor that holds shards in the middle of a step, and lets it go on when a step has
   * ended in which it had no part.
   *
   * @param healed holds when the run is whole again
   */
  void standStill(Healed healed) throws Exception {
    harm(
        ExecutorProcess::stop,
        victim -> {
          resume(victim);
          return healed.from(victim);
        });
  }

  private void resume(ExecutorProcess victim) {
    assertFalse(holders.isLost(victim.id()), "the step waited until Spark gave up the executor");
    try {
      victim.resume();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("executor " + victim.id() + " stays stopped", e);
    }
  }

  /** Whether a run is whole again. */
  interface Healed {
    boolean from(ExecutorProcess victim);
  }

  private ExecutorProcess pick() throws InterruptedException {
    trainUntil(() -> !candidates().isEmpty());
    List<ExecutorProcess> candidates = candidates();
    return candidates.get(random.nextInt(candidates.size()));
  }

  private List<ExecutorProcess> candidates() {
    Set<String> now = holders.now();
    return ExecutorProcess.running().values().stream()
        .filter(executor -> now.contains(executor.id()))
        .toList();
  }

  private void strike(Harm harm, ExecutorProcess victim) {
    try {
      Thread.sleep(random.nextInt(4)); // anywhere in the step
      harm.to(victim);
    } catch (Exception e) {
      throw new IllegalStateException("could not harm executor " + victim.id(), e);
    }
  }

  /** Compares the weights with an undisturbed run's. */
  void check() {
    try (GradientEngine local = new LocalEngine(golden.spec(), plan, GoldenCase.SEED, 1)) {
      GoldenRun undisturbed = new GoldenRun(plan, golden.initialWeights());
      assertEquals(undisturbed.hash(local, run.step(), step -> {}), run.hash());
    }
  }

  /** How many of the longest steps after each harm took longer. */
  long longerThan(double seconds) {
    return stalls.stream().filter(stall -> stall > seconds).count();
  }

  /** What happened, for the log. */
  String summary() {
    return "%s, %d steps, hash as undisturbed; longest step after each: median %.1f s, max %.1f s;"
            .formatted(holders.engine().name(), run.step(), median(stalls), Collections.max(stalls))
        + " whole again after: median %.1f s, max %.1f s"
            .formatted(median(whole), Collections.max(whole));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

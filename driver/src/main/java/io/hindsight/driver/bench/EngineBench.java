package io.hindsight.driver.bench;

import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The same step through two local engines in turn, one with a single task and one with several:
 * packing, forward, backward and the merge of the shards' gradients, in wall time.
 */
final class EngineBench implements Measured, AutoCloseable {
  private static final long SEED = 1;
  private static final double NANOS = 1e-9;

  private final Cell cell;
  private final BenchShape shape;
  private final ShardPlan plan;
  private final Parameters parameters;
  private final StepRequest request;
  private final LocalEngine one;
  private final LocalEngine several;

  private final Samples oneTask = new Samples(); // wall time of each step, ns
  private final Samples severalTasks = new Samples();

  EngineBench(Cell cell, BenchShape shape, int tasks) {
    this.cell = cell;
    this.shape = shape;
    NetworkSpec network = BenchData.network(cell, shape);
    parameters = BenchData.parameters(network);
    plan =
        RankedWindows.plan(
            BenchData.sequences(shape), shape.batch(), OptionalInt.empty(), CarriedWindows.WHOLE);
    long weights = parameters.fingerprint();
    request = new StepRequest(0, 0, 0, 0, weights, Backpropagation.FULL, Optional.empty());
    one = new LocalEngine(network, plan, SEED, 1);
    several = new LocalEngine(network, plan, SEED, tasks);
  }

  @Override
  public void run(double seconds) {
    long start = System.nanoTime();
    do {
      oneTask.add(nanos(one));
      severalTasks.add(nanos(several));
    } while (System.nanoTime() - start < seconds / NANOS);
  }

  private long nanos(LocalEngine engine) {
    long start = System.nanoTime();
    engine.gradient(parameters, request);
    return System.nanoTime() - start;
  }

  @Override
  public double fastest() {
    return oneTask.least() + severalTasks.least();
  }

  @Override
  public void forget() {
    oneTask.clear();
    severalTasks.clear();
  }

  /** Medians of what was measured. */
  ThreadScaling result() {
    return new ThreadScaling(
        cell.name(),
        shape,
        plan.shards().size(),
        several.tasks() * several.threadsOfTask(),
        WallTime.ofNanos(oneTask),
        WallTime.ofNanos(severalTasks));
  }

  @Override
  public void close() {
    one.close();
    several.close();
  }
}

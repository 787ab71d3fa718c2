package io.hindsight.driver.engine;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/**
 * A data set of any size and a small network, so that a step reads much and computes little:
 * sequences of 100 to 300 steps of 32 numbers, 256 at once, in windows of 50 with carried state.
 *
 * <p>Sequences that lie far apart share their numbers, so that the driver of a test needs no heap
 * for all of them; what executors get is of the full size.
 */
final class LargeData {
  private static final long SEED = 4;
  private static final int FEATURES = 32;
  private static final int BATCH = 256;
  private static final CarriedWindows WINDOWS = CarriedWindows.following(50);
  private static final int DISTINCT = 1024;
  private static final int SHORTEST = 100;
  private static final int LENGTHS = 201;

  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final long bytes;

  /**
   * Data and a network.
   *
   * @param least the data are of at least this size, as bytes of numbers
   * @param hidden units of the network
   */
  LargeData(long least, int hidden) {
    spec =
        NetworkSpec.plain(
            InputSpec.dense(FEATURES),
            new LstmCell(),
            List.of(hidden),
            new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
    List<Sequence> distinct = new ArrayList<>();
    for (int i = 0; i < DISTINCT; i++) {
      distinct.add(sequence(i));
    }
    List<Sequence> sequences = new ArrayList<>();
    long total = 0;
    while (total < least) {
      Sequence content = distinct.get(sequences.size() % DISTINCT);
      String id = "%07d".formatted(sequences.size());
      sequences.add(
          Sequence.ofFeatures(id, content.features(), content.length())
              .withTargets(content.targets()));
      total += (long) content.length() * (FEATURES + 1) * Double.BYTES;
    }
    bytes = total;
    plan = RankedWindows.plan(sequences, BATCH, OptionalInt.empty(), WINDOWS);
  }

  private static Sequence sequence(int index) {
    CounterRandom random = CounterRandom.of(SEED, Purpose.GENERATED_DATA, index);
    int length = SHORTEST + random.nextInt(LENGTHS);
    double[] features = new double[length * FEATURES];
    Arrays.setAll(features, i -> random.nextDouble(-1, 1));
    double[] targets = new double[length];
    for (int t = 0; t < length; t++) {
      double before = t == 0 ? 0 : targets[t - 1];
      targets[t] = 0.8 * before + features[t * FEATURES] * features[t * FEATURES + 1];
    }
    return Sequence.ofFeatures("content", features, length).withTargets(targets);
  }

  /** Bytes of its numbers. */
  long bytes() {
    return bytes;
  }

  GradientEngine local() {
    return new LocalEngine(spec, plan, SEED, 2);
  }

  GradientEngine jobs(TestSession session) {
    return JobEngines.open(session.context(), spec, plan, SEED, 2);
  }

  GradientEngine resident(TestSession session) {
    return new ResidentEngine(session.context(), spec, plan, SEED, 2);
  }

  /** The hash of the weights after some steps. */
  String train(GradientEngine engine, int steps, LongConsumer disturbance) {
    Parameters weights = new Parameters(new ParameterLayout(spec));
    CounterRandom random = CounterRandom.of(SEED, Purpose.INITIAL_WEIGHTS, 0);
    double[] values = weights.values();
    Arrays.setAll(values, i -> random.nextDouble(-0.2, 0.2));
    return new GoldenRun(plan, weights).hash(engine, steps, disturbance);
  }
}

package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.loss.LossWindows;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Scores;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.jobs.LossJobs;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weighted targets, of which elements are missing, are trained and judged to the same bits by every
 * engine.
 */
class WeightedTrainingTest {
  private static final long SEED = 5;
  private static final int STEPS = 6;

  /** Losses of quantiles, of likelihoods, and of classes. */
  enum Output {
    QUANTILES(
        OutputSpec.Loss.PINBALL, LossOptions.ofQuantiles(List.of(0.1, 0.5, 0.9)), At.EVERY_STEP),
    STUDENT_T(
        OutputSpec.Loss.STUDENT_T,
        LossOptions.NONE.withElementWeights(List.of(0.7, 1.9)),
        At.EVERY_STEP),
    COUNTS(OutputSpec.Loss.NEGATIVE_BINOMIAL, LossOptions.NONE, At.LAST_STEP),
    SQUARES(OutputSpec.Loss.SQUARED_ERROR, LossOptions.NONE, At.EVERY_STEP),
    FOCAL(
        OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY,
        new LossOptions(List.of(), List.of(), 0, 2),
        At.EVERY_STEP);

    private final NetworkSpec spec;

    Output(OutputSpec.Loss loss, LossOptions options, At at) {
      OutputSpec output = new OutputSpec(2, loss, at, options);
      spec = NetworkSpec.plain(InputSpec.dense(2), new GruCell(), List.of(6, 5), output);
    }

    private List<Sequence> sequences(boolean weighted) {
      Random random = new Random(SEED);
      List<Sequence> sequences = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        int steps = 1 + random.nextInt(11);
        Sequence inputs =
            Sequence.ofFeatures("s" + i, random.doubles(2L * steps, -1, 1).toArray(), steps);
        Sequence labelled = labelled(inputs, random);
        double[] weights = random.doubles(steps, 0, 3).map(w -> w < 0.4 ? 0 : w).toArray();
        sequences.add(weighted ? labelled.withWeights(weights) : labelled);
      }
      return sequences;
    }

    private Sequence labelled(Sequence inputs, Random random) {
      if (spec.output().loss().targetsAreClasses()) {
        return inputs.withClasses(random.ints(inputs.length(), -1, 2).toArray());
      }
      boolean counts = spec.output().loss().targetsAreCounts();
      return inputs.withTargets(
          random
              .doubles(2L * inputs.length(), -1, 5)
              .map(value -> value < -0.2 ? Sequence.NO_VALUE : counts ? Math.rint(value) : value)
              .toArray());
    }

    private ShardPlan plan(boolean weighted) {
      CarriedWindows windows =
          spec.output().at() == At.EVERY_STEP ? CarriedWindows.following(5) : CarriedWindows.WHOLE;
      return RankedWindows.plan(sequences(weighted), 50, OptionalInt.empty(), windows);
    }

    private Parameters weights() {
      return Initializer.initialize(
          new ParameterLayout(spec), InitialKind.UNIFORM, Double.NaN, SEED);
    }

    private String train(GradientEngine engine, ShardPlan plan) {
      try (engine) {
        return new GoldenRun(plan, weights()).hash(engine, STEPS, step -> {});
      }
    }

    private String trainHere(int tasks, boolean weighted) {
      ShardPlan plan = plan(weighted);
      return train(new LocalEngine(spec, plan, SEED, tasks), plan);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheSameBitsInAnyNumberOfThreads(Output output) {
    String expected = output.trainHere(1, true);
    for (int tasks : new int[] {3, 16}) {
      assertEquals(expected, output.trainHere(tasks, true), tasks + " tasks");
    }
    assertNotEquals(expected, output.trainHere(1, false));
  }

  @Test
  void shouldTrainAndJudgeToTheSameBitsByEveryEngine() {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      for (Output output : Output.values()) {
        trainAndJudge(session, output);
      }
    }
  }

  private static void trainAndJudge(TestSession session, Output output) {
    String expected = output.trainHere(1, true);
    ShardPlan plan = output.plan(true);
    Loss loss = evaluated(output);
    LossPlan losses = losses(output);
    for (int tasks : new int[] {1, 3}) {
      for (ReduceKind reduce : List.of(ReduceKind.DRIVER, ReduceKind.SLICED)) {
        GradientEngine jobs =
            JobEngines.open(session.context(), output.spec, plan, SEED, tasks, reduce);
        assertEquals(expected, output.train(jobs, plan), reduce + " in " + tasks + " tasks");
      }
      ResidentEngine resident =
          new ResidentEngine(
              session.context(), output.spec, plan, SEED, tasks, Optional.of(losses));
      assertEquals(loss, lossBy(resident, output));
      assertEquals(expected, output.train(resident, plan), "resident in " + tasks + " tasks");
      try (LossEngine jobs = new LossJobs(session.context(), output.spec, losses, tasks)) {
        assertEquals(loss, lossBy(jobs, output));
      }
    }
  }

  private static LossPlan losses(Output output) {
    ShardPlan plan =
        RankedWindows.plan(output.sequences(true), 64, OptionalInt.empty(), CarriedWindows.WHOLE);
    return new LossPlan(plan, LossWindows.WHOLE);
  }

  private static Loss lossBy(LossEngine engine, Output output) {
    Parameters weights = output.weights();
    return engine.loss(weights, StepRequest.ofLoss(77, 0, weights.fingerprint()));
  }

  /** The loss by weight of the evaluator, which has no shards. */
  private static Loss evaluated(Output output) {
    WindowBlocks whole = WindowBlocks.whole(output.sequences(true));
    Scores scores = new Evaluator(output.spec, whole, Optional.empty()).evaluate(output.weights());
    return new Loss(scores.loss(), scores.targets());
  }
}

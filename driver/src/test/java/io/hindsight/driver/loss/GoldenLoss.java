package io.hindsight.driver.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Scores;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A validation part of a golden network, and what its evaluator says of it. */
public final class GoldenLoss {
  /** Windows that overlap. */
  public static final LossWindows CUT = new LossWindows(9, 4);

  private static final int OTHERS = 1000; // sequences that are not trained on
  private static final int LONGEST = 150; // more than a piece

  private final GoldenCase golden;
  private final LossWindows windows;
  private final List<Sequence> sequences;

  /** The part of a network, scored in windows. */
  public GoldenLoss(GoldenCase golden, LossWindows windows) {
    this.golden = golden;
    this.windows = windows;
    sequences = golden.sequences(OTHERS, LONGEST);
  }

  /** The part in shards. */
  public LossPlan plan() {
    return plan(64);
  }

  /** The part in shards, of which there are at most so many. */
  LossPlan plan(int most) {
    ShardPlan plan =
        RankedWindows.plan(sequences, 8 * most, OptionalInt.empty(), CarriedWindows.WHOLE);
    return new LossPlan(plan, windows);
  }

  /** What the evaluator says. */
  public Loss expected(Parameters weights) {
    WindowBlocks whole = WindowBlocks.whole(sequences);
    WindowBlocks scored =
        windows.areWhole() ? whole : Windows.scoring(whole, windows.window(), windows.stride());
    Scores scores = new Evaluator(golden.spec(), scored, Optional.empty()).evaluate(weights);
    return new Loss(scores.loss(), scores.targets());
  }

  /** Compares what an engine says. */
  public void check(LossEngine engine, Parameters weights, long step) {
    StepRequest request = StepRequest.ofLoss(77, step, weights.fingerprint());
    assertEquals(expected(weights), engine.loss(weights, request), "after step " + step);
  }
}

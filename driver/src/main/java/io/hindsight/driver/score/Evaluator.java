package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.TrainingSteps;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.WindowLanes;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.Recursion;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.bptt.PieceByPiece;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores a network on windows: one forward pass, in pieces that bound its memory.
 *
 * <p>Windows go through in lane blocks of eight, which all cores compute. Lanes never meet, and
 * what is summed of them is summed exactly; so the result is the same to the bit on any machine,
 * whichever windows share a block.
 */
public final class Evaluator {
  private final NetworkSpec spec;
  private final WindowBlocks windows;
  private final Optional<Forecast> forecast;
  private final ScoreRule rule;
  private final boolean recursive; // whether answers are read

  /**
   * For these windows, of what the network answers by itself.
   *
   * @param windows with targets; each is run from a zero state
   * @param forecast decodes values to original units
   */
  public Evaluator(NetworkSpec spec, WindowBlocks windows, Optional<Forecast> forecast) {
    this(spec, windows, forecast, ScoreRule.USUAL, false);
  }

  /**
   * For these windows, of all steps ahead that are asked for, with all that a rule asks for. The
   * loss is that of what the network answers by itself.
   */
  Evaluator(NetworkSpec spec, WindowBlocks windows, Optional<Forecast> forecast, ScoreRule rule) {
    this(spec, windows, forecast, rule, forecast.filter(Evaluator::isRecursive).isPresent());
  }

  private Evaluator(
      NetworkSpec spec,
      WindowBlocks windows,
      Optional<Forecast> forecast,
      ScoreRule rule,
      boolean recursive) {
    this.recursive = recursive;
    this.rule = rule;
    this.spec = spec;
    this.windows = windows;
    this.forecast = forecast;
  }

  private static boolean isRecursive(Forecast forecast) {
    return RecursiveOutput.isUsed(forecast.encoding());
  }

  /** For the validation part of a run's data. */
  public static Evaluator ofValidation(RunData data) {
    return of(data, data.validation());
  }

  /** For the test part of a run's data. */
  public static Evaluator ofTest(RunData data) {
    return of(data, data.test());
  }

  /**
   * For a part of a run's data, values in original units, of what the network answers by itself.
   *
   * @param part whole sequences of {@code data}
   */
  public static Evaluator of(RunData data, WindowBlocks part) {
    return new Evaluator(data.spec(), data.scoring(part), data.encoded().forecast());
  }

  /** Of all steps ahead that are asked for, with all that a rule asks for. */
  public static Evaluator of(RunData data, WindowBlocks part, ScoreRule rule) {
    TrainingSteps training = TrainingSteps.of(data.encoded().training(), rule.ofSeason());
    Optional<Forecast> forecast =
        data.encoded().forecast().map(truth -> truth.withTraining(training));
    return new Evaluator(data.spec(), data.scoring(part), forecast, rule);
  }

  /** Whether there is nothing to score. */
  public boolean isEmpty() {
    return windows.isEmpty();
  }

  /** Scores the network with these weights. */
  public Scores evaluate(Parameters parameters) {
    PackedWeights weights = PackedWeights.of(parameters);
    AtomicInteger next = new AtomicInteger();
    Scores total = none();
    AllCores.run(windows.blocks(), () -> evaluate(weights, next)).forEach(total::merge);
    return total;
  }

  /** The same on this thread alone. */
  Scores evaluateHere(PackedWeights weights) {
    return evaluate(weights, new AtomicInteger());
  }

  private Scores none() {
    OutputSpec output =
        recursive
            ? RecursiveOutput.of(spec.output(), forecast.orElseThrow().encoding())
            : spec.output();
    return new Scores(output, forecast, rule);
  }

  /** Scores one block after the other of those that no other thread has taken. */
  private Scores evaluate(PackedWeights weights, AtomicInteger next) {
    Scores scores = none();
    PieceByPiece pieces = new PieceByPiece(spec);
    Optional<Recursion> ahead = recursion(weights);
    for (int block = next.getAndIncrement();
        block < windows.blocks();
        block = next.getAndIncrement()) {
      List<Window> some = isReadInPieces() ? List.of() : windows.block(block);
      pieces.run(
          weights,
          isReadInPieces() ? windows.lanes(block) : new WindowLanes(some),
          (bptt, batch) -> {
            if (recursive) {
              addLosses(scores, bptt);
            } else {
              addTargets(scores, bptt, batch);
            }
          });
      ahead.ifPresent(of -> of.steps(some, forecast.orElseThrow(), scores::add));
    }
    return scores;
  }

  /** Where answers are read, more of a window than its steps is; and only a whole one ends. */
  private boolean isReadInPieces() {
    return !recursive && spec.output().at() == OutputSpec.At.EVERY_STEP;
  }

  private Optional<Recursion> recursion(PackedWeights weights) {
    return recursive
        ? Optional.of(new Recursion(weights, forecast.orElseThrow().encoding()))
        : Optional.empty();
  }

  private static void addLosses(Scores scores, Bptt bptt) {
    for (int lane = 0; lane < SequenceBatch.LANES; lane++) {
      scores.addLoss(bptt.laneLoss(lane), bptt.laneWeight(lane));
    }
  }

  private void addTargets(Scores scores, Bptt bptt, SequenceBatch batch) {
    if (spec.output().loss().targetsAreStrings()) {
      addStrings(scores, bptt, batch);
      return;
    }
    double[] outputs = new double[spec.output().answers()];
    for (int lane = 0; lane < SequenceBatch.LANES; lane++) {
      scores.addLoss(bptt.laneLoss(lane), bptt.laneWeight(lane));
      ScoredSteps.read(bptt, batch, lane, spec.output(), outputs, scores::add);
    }
  }

  /** Of whole sequences, as they come where the target is a string. */
  private void addStrings(Scores scores, Bptt bptt, SequenceBatch batch) {
    int size = spec.output().size();
    for (int lane = 0; lane < SequenceBatch.LANES; lane++) {
      if (bptt.laneWeight(lane) > 0) {
        int first = batch.window(lane).scoredFrom();
        double[] outputs = new double[(batch.length(lane) - first) * size];
        for (int t = first; t < batch.length(lane); t++) {
          bptt.outputs(lane, t, outputs, (t - first) * size);
        }
        scores.addLoss(bptt.laneLoss(lane), bptt.laneWeight(lane));
        scores.addString(batch.window(lane), outputs, bptt.laneLoss(lane));
      }
    }
  }
}

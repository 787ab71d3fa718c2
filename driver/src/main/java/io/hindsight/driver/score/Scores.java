package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import io.hindsight.driver.score.interval.MarginScores;
import io.hindsight.driver.score.kind.KindScores;
import io.hindsight.driver.score.kind.ScoredTargets;
import io.hindsight.driver.score.kind.StringScores;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums over scored targets from which losses, errors and accuracies follow. They are exact, so
 * however the targets are divided the figures have the same bits.
 */
public final class Scores implements Mergeable<Scores> {
  private static final long serialVersionUID = 1L;

  private final Total loss = new Total();
  private final Total weight = new Total(); // of targets
  private long targets;
  private final KindScores kind;
  private final BlockSums blocks; // null unless asked for
  private final SequenceSums sequences; // null unless asked for; never merged
  private final MarginScores margins; // null unless asked for

  /**
   * Zero.
   *
   * @param forecast decodes values to original units; absent leaves the network's units
   */
  public Scores(OutputSpec output, Optional<Forecast> forecast) {
    this(output, forecast, ScoreRule.USUAL);
  }

  /**
   * Zero.
   *
   * @param rule what is summed beside the usual figures
   */
  public Scores(OutputSpec output, Optional<Forecast> forecast, ScoreRule rule) {
    kind = KindScores.of(output, forecast, rule.further());
    blocks = rule.ofBlocks().map(BlockSums::new).orElse(null);
    sequences = rule.bySequence() ? new SequenceSums() : null;
    margins = rule.margins() ? new MarginScores(output) : null;
  }

  /** Adds the loss of some targets of one sequence, which the kernels summed, and their weight. */
  void addLoss(double sum, double ofTargets) {
    loss.add(sum);
    weight.add(ofTargets);
  }

  /**
   * Adds one target's errors.
   *
   * @param step step of the sequence
   * @param outputs as the network gives them // (E·P), or (O) probabilities
   */
  void add(Sequence sequence, int step, double[] outputs) {
    targets++;
    kind.add(sequence, step, outputs, also());
    if (margins != null) {
      margins.add(sequence, step, outputs);
    }
  }

  /**
   * Adds the answer to a label string.
   *
   * @param outputs probabilities of all scored steps // (T, O)
   * @param stringLoss of this string alone
   */
  void addString(Window window, double[] outputs, double stringLoss) {
    targets++;
    ((StringScores) kind).add(window, outputs, stringLoss, also());
  }

  private List<ScoredTargets> also() {
    List<ScoredTargets> also = new ArrayList<>(2);
    if (blocks != null) {
      also.add(blocks);
    }
    if (sequences != null) {
      also.add(sequences);
    }
    return also;
  }

  @Override
  public void merge(Scores other) {
    loss.merge(other.loss);
    weight.merge(other.weight);
    targets += other.targets;
    kind.merge(other.kind);
    if (blocks != null) {
      blocks.merge(other.blocks);
    }
    if (margins != null) {
      margins.merge(other.margins);
    }
  }

  /** How far targets lie outside of intervals; absent unless asked for. */
  Optional<MarginScores> margins() {
    return Optional.ofNullable(margins);
  }

  /** The same block by block; absent unless asked for. */
  public Optional<BlockSums> blocks() {
    return Optional.ofNullable(blocks);
  }

  /** The same of each sequence that was added here; absent unless asked for. */
  Optional<SequenceSums> sequences() {
    return Optional.ofNullable(sequences);
  }

  /** What is summed of the kind of target. */
  public KindScores kind() {
    return kind;
  }

  /** Mean loss per target by weight; NaN without targets. */
  public double loss() {
    return loss.value() / weight.value();
  }

  /** Number of targets. */
  public long targets() {
    return targets;
  }
}

package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;
import java.util.Optional;

/** Scores a network and simple forecasts on some sequences after others, in one thread. */
public final class PartScorer {
  private final NetworkSpec spec;
  private final Encoding encoding;
  private final PackedWeights weights;
  private final BpttConfig bptt;
  private final Optional<BaselineMethods> methods;
  private final ScoreRule rule;
  private final OutputSpec output; // of all steps ahead that are asked for

  /**
   * A scorer.
   *
   * @param encoding of the sequences
   * @param bptt the windows that the network was trained with
   * @param methods simple forecasts, where targets can be forecast
   * @param rule what is summed beside the usual figures
   */
  public PartScorer(
      NetworkSpec spec,
      Encoding encoding,
      PackedWeights weights,
      BpttConfig bptt,
      Optional<BaselineMethods> methods,
      ScoreRule rule) {
    this.rule = rule;
    this.spec = spec;
    this.encoding = encoding;
    output = RecursiveOutput.of(spec.output(), encoding);
    this.weights = weights;
    this.bptt = bptt;
    this.methods = methods;
  }

  /** Sums of nothing. */
  public PartScore none() {
    return new PartScore(new Scores(output, Optional.empty(), rule));
  }

  /**
   * Adds what is reached on some sequences.
   *
   * @param part sequences of a part
   * @param forecast their targets in original units, for numeric targets
   */
  public void add(PartScore sums, List<Sequence> part, Optional<Forecast> forecast) {
    if (part.isEmpty()) {
      return;
    }
    At at = spec.output().at();
    WindowBlocks whole = RunData.whole(part, encoding);
    WindowBlocks windows = RunData.answering(whole, bptt, at);
    Scores scores = new Evaluator(spec, windows, forecast, rule).evaluateHere(weights);
    sums.scores().merge(scores);
    addBaselines(sums, scores, forecast, Baselines.scored(windows, at));
    sums.addSkipped(whole.unscored(RunData.scoresLastStepOnly(bptt, at)));
  }

  private void addBaselines(
      PartScore sums, Scores scores, Optional<Forecast> forecast, WindowBlocks scored) {
    if (scores.sequences().isEmpty()) {
      methods.ifPresent(some -> some.add(sums.baselines(), forecast.orElseThrow(), scored));
      return;
    }
    SequenceSums each = scores.sequences().get();
    if (methods.isEmpty()) {
      sums.addRows(each.rows(id -> Baselines.NONE));
      return;
    }
    BySequence simple = BySequence.of(methods.get(), forecast.orElseThrow(), scored);
    simple.addTo(sums.baselines());
    sums.addRows(each.rows(simple::of));
  }
}

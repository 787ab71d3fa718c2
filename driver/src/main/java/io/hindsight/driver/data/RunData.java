package io.hindsight.driver.data;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Windows;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.Minibatch;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.WindowSchedule;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A run's data in the windows that its configuration asks for.
 *
 * <p>With carried state a sequence stays whole and is cut as training goes along it; without, each
 * window is computed by itself.
 *
 * @param encoded the parts, as whole sequences
 * @param spec the network that fits the data
 */
public record RunData(EncodedData encoded, NetworkSpec spec, RunConfig config) {
  /** Reads and encodes a run's data. */
  public static RunData read(RunConfig config) {
    EncodedData encoded =
        DataReader.fit(config.data(), config.seed(), config.training().minibatch().batch());
    DataNotes.log(config.data(), encoded);
    return of(config, encoded).scorable();
  }

  /** For data that is already encoded. */
  public static RunData of(RunConfig config, EncodedData encoded) {
    return new RunData(encoded, config.model().network(encoded.input(), encoded.outputs()), config);
  }

  /**
   * This data, if each part that is there has a target to score. A network that answers at the last
   * step is scored on that step alone.
   *
   * @throws DataException if all last steps of a part lack their target
   */
  public RunData scorable() {
    requireScorable("validation", encoded.validation());
    requireScorable("test", encoded.test());
    return this;
  }

  private void requireScorable(String name, List<Sequence> part) {
    if (scoresLastStepOnly()
        && !part.isEmpty()
        && part.stream().noneMatch(s -> s.isScored(s.length() - 1))) {
      throw new DataException(
          "a sequence of the " + name + " part must end with a class that training saw",
          "none of " + part.size(),
          "data.targets",
          "change data.split or seed, or use model.output.at: every-step");
    }
  }

  /**
   * Targets of a part that are not scored, for training did not see them.
   *
   * @param part whole sequences of this data
   */
  public long skipped(List<Sequence> part) {
    if (encoded.omissions().unseen().isEmpty()) {
      return 0;
    }
    long skipped = 0;
    for (Sequence s : part) {
      int from = scoresLastStepOnly() ? s.length() - 1 : s.firstTarget();
      skipped += IntStream.range(from, s.length()).filter(t -> !s.isScored(t)).count();
    }
    return skipped;
  }

  private boolean scoresLastStepOnly() {
    return spec.output().at() == At.LAST_STEP && !bptt().cutsBeforehand();
  }

  private BpttConfig bptt() {
    return config.training().bptt();
  }

  /** The first step of a whole sequence that is answered, whatever windows it is cut into. */
  public int firstScored(Sequence whole) {
    boolean lastOnly = spec.output().at() == At.LAST_STEP && !bptt().cutsBeforehand();
    return lastOnly ? Math.max(whole.firstTarget(), whole.length() - 1) : whole.firstTarget();
  }

  /** Which training sequence lives in which slot. */
  public ShardPlan shardPlan() {
    List<Window> sequences = Windows.whole(encoded.training());
    int window = WindowSchedule.WHOLE;
    if (bptt().cutsBeforehand()) {
      sequences = Windows.training(encoded.training(), bptt().window().getAsInt(), bptt().stride());
    } else if (bptt().window().isPresent()) {
      window = bptt().window().getAsInt();
    }
    Minibatch minibatch = config.training().minibatch();
    return RankedWindows.of(sequences).plan(minibatch.batch(), minibatch.shards(), window);
  }

  /** The windows to score a part on: each target once, with the context that training gives. */
  public List<Window> scoring(List<Sequence> part) {
    return answering(part, bptt(), spec.output().at());
  }

  /**
   * As {@link #scoring(List)}, for data without targets: the windows in which steps are answered.
   */
  public static List<Window> answering(List<Sequence> whole, BpttConfig bptt, At at) {
    return bptt.cutsBeforehand() ? scoring(whole, bptt, at) : Windows.whole(whole);
  }

  /** A network that answers at the last step gets a window for each step. */
  private static List<Window> scoring(List<Sequence> whole, BpttConfig bptt, At at) {
    int stride = at == At.LAST_STEP ? 1 : bptt.stride();
    return Windows.scoring(whole, bptt.window().getAsInt(), stride);
  }
}

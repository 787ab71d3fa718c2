package io.hindsight.driver.train;

import io.hindsight.datasets.DataReader;
import io.hindsight.datasets.EncodedData;
import io.hindsight.datasets.Windows;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.WindowSchedule;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;

/**
 * A run's data in the windows that its configuration asks for.
 *
 * <p>With carried state a sequence stays whole and is cut as training goes along it; without, each
 * window becomes a sequence of its own.
 *
 * @param encoded the parts, as whole sequences
 * @param spec the network that fits the data
 */
public record RunData(EncodedData encoded, NetworkSpec spec, RunConfig config) {
  /** Reads and encodes a run's data. */
  public static RunData read(RunConfig config) {
    EncodedData encoded = DataReader.fit(config.data(), config.seed(), config.training().batch());
    DataNotes.log(config.data(), encoded);
    return of(config, encoded);
  }

  /** For data that is already encoded. */
  public static RunData of(RunConfig config, EncodedData encoded) {
    return new RunData(encoded, config.model().network(encoded.input(), encoded.outputs()), config);
  }

  private TrainingConfig.Bptt bptt() {
    return config.training().bptt();
  }

  private boolean cutsBeforehand() {
    return bptt().window().isPresent() && !bptt().carryState();
  }

  /** The first step of a whole sequence that is answered, whatever windows it is cut into. */
  int firstScored(Sequence whole) {
    boolean lastOnly = spec.output().at() == At.LAST_STEP && !cutsBeforehand();
    return lastOnly ? Math.max(whole.firstTarget(), whole.length() - 1) : whole.firstTarget();
  }

  /** Which training sequence lives in which slot. */
  public ShardPlan shardPlan() {
    List<Sequence> sequences = encoded.training();
    int window = WindowSchedule.WHOLE;
    if (cutsBeforehand()) {
      sequences = Windows.training(sequences, bptt().window().getAsInt(), bptt().stride());
    } else if (bptt().window().isPresent()) {
      window = bptt().window().getAsInt();
    }
    TrainingConfig training = config.training();
    return ShardPlan.of(sequences, training.batch(), training.shards(), window);
  }

  /** The sequences to score a part on: each target once, with the context that training gives. */
  public List<Sequence> scoring(List<Sequence> part) {
    return cutsBeforehand() ? scoring(part, bptt(), spec.output().at()) : part;
  }

  /**
   * As {@link #scoring(List)}, for data without targets: the windows in which steps are answered.
   */
  static List<Sequence> answering(List<Sequence> whole, TrainingConfig.Bptt bptt, At at) {
    boolean cuts = bptt.window().isPresent() && !bptt.carryState();
    return cuts ? scoring(whole, bptt, at) : whole;
  }

  /** A network that answers at the last step gets a window for each step. */
  private static List<Sequence> scoring(List<Sequence> whole, TrainingConfig.Bptt bptt, At at) {
    int stride = at == At.LAST_STEP ? 1 : bptt.stride();
    return Windows.scoring(whole, bptt.window().getAsInt(), stride);
  }

  /** Scores the validation part. */
  public Evaluator validation() {
    return evaluator(encoded.validation());
  }

  /** Scores the test part. */
  public Evaluator test() {
    return evaluator(encoded.test());
  }

  /** Scores a part, values in original units. */
  public Evaluator evaluator(List<Sequence> part) {
    return new Evaluator(spec, scoring(part), encoded.forecast());
  }
}

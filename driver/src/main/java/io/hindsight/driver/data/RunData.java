package io.hindsight.driver.data;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.WindowList;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.Minibatch;
import io.hindsight.driver.config.weights.PositiveWeights;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.loss.LossWindows;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ResidualRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
  /** Reads and encodes a run's data, all of it on the heap. */
  public static RunData read(RunConfig config) {
    return read(config, new Reading(), DataStore.onHeap());
  }

  /** As the other, fitting the encoding to the training part. */
  public static RunData read(RunConfig config, Reading reading, DataStore store) {
    return read(config, Optional.empty(), reading, store);
  }

  /**
   * As {@link #read(RunConfig)}.
   *
   * @param kept the encoding of a model, in place of one that is fitted
   * @param reading says which version to read, where there are several, and is told what was read
   * @param store keeps what is encoded of a table
   */
  public static RunData read(
      RunConfig config, Optional<Encoding> kept, Reading reading, DataStore store) {
    int streams = config.training().minibatch().batch();
    long seed = config.seed();
    EncodedData encoded =
        kept.isPresent()
            ? DataReader.keep(config.data(), kept.get(), seed, streams, reading, store)
            : DataReader.fit(config.data(), seed, streams, reading, store);
    DataNotes.log(config.data(), encoded);
    return of(config, encoded).scorable();
  }

  /** For data that is already encoded. */
  public static RunData of(RunConfig config, EncodedData encoded) {
    ModelConfig model = config.model().withPositiveWeights(PositiveWeights.of(encoded.encoding()));
    ResidualRule.broken(encoded.input(), model.layers(), model.at())
        .ifPresent(
            rule -> {
              String needed = "a residual layer must read as many numbers as it makes";
              throw new DataException(needed, rule, "model.layers", ResidualRule.REMEDY);
            });
    List<Double> levels = encoded.encoding().countLevels();
    NetworkSpec spec = model.network(encoded.input(), encoded.outputs(), levels);
    return new RunData(encoded, spec, config);
  }

  /**
   * This data, if each part that is there has a target to score. A network that answers at the last
   * step is scored on that step alone.
   *
   * @throws DataException if all last steps of a part lack their target
   */
  public RunData scorable() {
    if (scoresLastStepOnly()) {
      requireLastTargets(encoded.tally());
    }
    return this;
  }

  /**
   * Refuses a part, of those that are scored, all of whose last steps lack their target.
   *
   * @throws DataException if there is one
   */
  public static void requireLastTargets(PartTally parts) {
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      if (parts.lacksLastTargets(part)) {
        throw new DataException(
            "a sequence of the " + part.text() + " part must end with a class that training saw",
            "none of " + parts.sequences(part),
            "data.targets",
            "change data.split or seed, or use model.output.at: every-step");
      }
    }
  }

  /** The same for a network that answers them otherwise. */
  public RunData with(NetworkSpec other) {
    return new RunData(encoded, other, config);
  }

  /** The whole sequences to train on. */
  public WindowBlocks training() {
    return WindowBlocks.whole(encoded.training());
  }

  /** The whole sequences that decide when to stop; may be empty. */
  public WindowBlocks validation() {
    return whole(encoded.validation());
  }

  /** The whole sequences that are looked at once, at the end; may be empty. */
  public WindowBlocks test() {
    return whole(encoded.test());
  }

  /** The whole sequences of a part; may be empty. */
  public WindowBlocks part(Part of) {
    return whole(encoded.parts().of(of));
  }

  private WindowBlocks whole(SequenceList part) {
    return whole(part, encoded.encoding());
  }

  /** Sequences of a part, read in pieces unless the targets of later steps are made for them. */
  public static WindowBlocks whole(List<Sequence> part, Encoding encoding) {
    boolean recursive = encoding instanceof Encoding.Table table && table.horizon().isRecursive();
    return recursive || !(part instanceof SequenceList list)
        ? WindowBlocks.whole(part)
        : WindowBlocks.inPieces(list);
  }

  /**
   * Targets of a part that are not scored, for training did not see them.
   *
   * @param part whole sequences of this data
   */
  public long skipped(WindowBlocks part) {
    if (encoded.omissions().unseen().isEmpty()) {
      return 0;
    }
    return part.unscored(scoresLastStepOnly());
  }

  private boolean scoresLastStepOnly() {
    return scoresLastStepOnly(bptt(), spec.output().at());
  }

  /** Whether a network is scored on the last step of a whole sequence alone. */
  public static boolean scoresLastStepOnly(BpttConfig bptt, At at) {
    return at == At.LAST_STEP && !bptt.cutsBeforehand();
  }

  private BpttConfig bptt() {
    return config.training().bptt();
  }

  /** The first step of a whole sequence that is answered, whatever windows it is cut into. */
  public int firstScored(Window whole) {
    boolean lastOnly = spec.output().at() == At.LAST_STEP && !bptt().cutsBeforehand();
    return lastOnly ? Math.max(whole.scoredFrom(), whole.steps() - 1) : whole.scoredFrom();
  }

  /** Which training sequence lives in which slot. */
  public ShardPlan shardPlan() {
    WindowList sequences = Windows.whole(encoded.training());
    if (bptt().cutsBeforehand()) {
      sequences = Windows.training(encoded.training(), bptt().window().getAsInt(), bptt().stride());
    }
    Minibatch minibatch = config.training().minibatch();
    return RankedWindows.of(sequences).plan(minibatch.batch(), minibatch.shards(), carried(bptt()));
  }

  /** How sequences are taken piece by piece with the state carried. */
  public static CarriedWindows carried(BpttConfig bptt) {
    return bptt.carryState()
        ? new CarriedWindows(bptt.window().getAsInt(), bptt.stride())
        : CarriedWindows.WHOLE;
  }

  /** The validation part in shards of its own; absent if it is empty. */
  public Optional<LossPlan> lossPlan() {
    if (encoded.validation().isEmpty()) {
      return Optional.empty();
    }
    LossWindows windows = LossWindows.WHOLE;
    if (bptt().cutsBeforehand()) {
      windows =
          new LossWindows(bptt().window().getAsInt(), scoringStride(bptt(), spec.output().at()));
    }
    int slots = ShardPlan.MOST_AUTOMATIC_SHARDS * SequenceBatch.LANES;
    RankedWindows sequences = RankedWindows.of(Windows.whole(encoded.validation()));
    ShardPlan plan = sequences.plan(slots, OptionalInt.empty(), CarriedWindows.WHOLE);
    return Optional.of(new LossPlan(plan, windows));
  }

  /**
   * The windows to score a part on: each target once, with the context that training gives.
   *
   * @param part whole sequences of this data
   */
  public WindowBlocks scoring(WindowBlocks part) {
    return answering(part, bptt(), spec.output().at());
  }

  /** How many windows of {@link #scoring} read a step, where none of them is at an end. */
  public int readingsOfAStep() {
    if (!bptt().cutsBeforehand()) {
      return 1;
    }
    int stride = scoringStride(bptt(), spec.output().at());
    return (bptt().window().getAsInt() + stride - 1) / stride;
  }

  /**
   * As {@link #scoring}, for data without targets: the windows in which steps are answered. A
   * network that answers at the last step gets a window for each step.
   */
  public static WindowBlocks answering(WindowBlocks whole, BpttConfig bptt, At at) {
    if (!bptt.cutsBeforehand()) {
      return whole;
    }
    return Windows.scoring(whole, bptt.window().getAsInt(), scoringStride(bptt, at));
  }

  private static int scoringStride(BpttConfig bptt, At at) {
    return at == At.LAST_STEP ? 1 : bptt.stride();
  }
}

package io.hindsight.datasets.split;

import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.kernels.batch.Sequence;
import java.io.Serializable;
import java.util.List;

/**
 * Which part has which sequence, or which of its steps; one sequence is enough to tell.
 *
 * @param by what is divided
 * @param validation size of the part, as in {@link Split}
 * @param test size of the part
 * @param bounds of parts of whole sequences; null where time is divided
 */
public record SplitRule(Split.By by, double validation, double test, IdSplit bounds, long seed)
    implements Serializable {
  /** The last steps of each sequence are the later parts. */
  public static SplitRule byTime(Split split) {
    return new SplitRule(split.by(), split.validation(), split.test(), null, 0);
  }

  /** Whole sequences by their ids. */
  public static SplitRule byId(Split split, IdSplit bounds, long seed) {
    return new SplitRule(split.by(), split.validation(), split.test(), bounds, seed);
  }

  /** The parts of some sequences. */
  public EncodedData.Parts parts(List<Sequence> sequences) {
    return by == Split.By.TIME
        ? Splits.byTime(sequences, new Split(by, validation, test))
        : Splits.byId(sequences, bounds, seed);
  }
}

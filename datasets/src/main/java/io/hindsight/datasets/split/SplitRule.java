package io.hindsight.datasets.split;

import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.Part;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.Serializable;
import java.util.List;
import java.util.function.BiConsumer;

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

  /** Gives what each part has of a sequence, without a copy. */
  public void forEach(Sequence whole, BiConsumer<Part, Window> taker) {
    EncodedData.Parts parts = parts(new OneSequence(whole));
    for (Part part : Part.values()) {
      SequenceList of = parts.of(part);
      if (!of.isEmpty()) {
        taker.accept(part, of.window(0, 0, of.length(0), false));
      }
    }
  }

  /** The parts of some sequences. */
  public EncodedData.Parts parts(List<Sequence> sequences) {
    return by == Split.By.TIME
        ? Splits.byTime(sequences, new Split(by, validation, test))
        : Splits.byId(sequences, bounds, seed);
  }
}

package io.hindsight.datasets.split;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.LabelIndex;
import io.hindsight.datasets.side.SideEncoder;
import io.hindsight.datasets.side.WeightEncoder;
import java.util.Optional;

/**
 * What the texts of a table are looked up by.
 *
 * @param labels its classes; absent where targets are numbers
 * @param side its categories
 * @param weights those of its targets
 */
public record Lookups(Optional<LabelIndex> labels, SideEncoder side, WeightEncoder weights) {
  /** For an encoding. */
  public static Lookups of(Encoding.Table encoding) {
    return new Lookups(
        encoding.labels().map(LabelIndex::new),
        new SideEncoder(encoding.side()),
        new WeightEncoder(encoding.side().weights(), encoding.labels()));
  }
}

package io.hindsight.datasets;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of a table were changed to have one at each time.
 *
 * @param merged rows that were merged with others of the same time
 * @param inserted steps that were put in where the table has no row
 */
public record RowChanges(long merged, long inserted) implements Serializable {
  /** Not at all. */
  public static final RowChanges NONE = new RowChanges(0, 0);

  /** Those of a sequence. */
  public static RowChanges of(RawSequence raw) {
    return new RowChanges(raw.merged(), raw.grid().map(grid -> grid.inserted()).orElse(0));
  }

  /** Those of some sequences. */
  public static RowChanges of(List<RawSequence> some) {
    return some.stream().map(RowChanges::of).reduce(NONE, RowChanges::plus);
  }

  /** A sentence for each kind that occurs. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (merged > 0) {
      sentences.add(
          "merged %s with others of the same time (data.duplicates)"
              .formatted(Count.of(merged, "row")));
    }
    if (inserted > 0) {
      sentences.add(
          "put in %s where rows are missing, without targets (data.gaps)"
              .formatted(Count.of(inserted, "step")));
    }
    return sentences;
  }

  /** Both. */
  public RowChanges plus(RowChanges other) {
    return new RowChanges(merged + other.merged, inserted + other.inserted);
  }
}

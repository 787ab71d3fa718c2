package io.hindsight.datasets.columns;

import java.util.List;
import java.util.Optional;

/**
 * What a sequence has beside its inputs, as it was read.
 *
 * @param categories of its steps, null for one that is missing // (N, J)
 * @param fixed what all its steps have alike
 * @param change the first step that has something else; absent as it should be
 * @param weights how much the targets of its rows count
 * @param parts which parts its rows belong to, where a column tells
 */
public record RawSide(
    List<String> categories,
    Fixed fixed,
    Optional<Change> change,
    RowWeights weights,
    PartsOfRows parts) {
  /** Nothing. */
  public static final RawSide NONE =
      new RawSide(List.of(), new Fixed(List.of(), List.of()), Optional.empty());

  /** Of rows whose targets all count alike, and whose parts no column tells. */
  public RawSide(List<String> categories, Fixed fixed, Optional<Change> change) {
    this(categories, fixed, change, RowWeights.NONE, PartsOfRows.NONE);
  }

  /**
   * That of the first rows alone.
   *
   * @param rows how many
   * @param all N
   */
  public RawSide first(int rows, int all) {
    int end = categories.size() / all * rows;
    return new RawSide(
        categories.subList(0, end),
        fixed,
        change.filter(c -> c.row() < rows),
        weights.first(rows),
        parts.upTo(rows));
  }

  /**
   * What belongs to a whole sequence.
   *
   * @param numbers // (S)
   * @param categories null for one that is missing // (K)
   */
  public record Fixed(List<Double> numbers, List<String> categories) {}

  /**
   * A step that has other than the first.
   *
   * @param row the step
   * @param other what it has
   */
  public record Change(int row, Fixed other) {}
}

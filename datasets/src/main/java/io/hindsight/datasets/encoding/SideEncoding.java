package io.hindsight.datasets.encoding;

import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.kernels.network.EmbeddingSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a table's columns beside the inputs are encoded. None of them is differenced: a step has the
 * categories of its row, with differences those of the later of the two.
 *
 * @param steps categories of each step // (J)
 * @param numbers of the whole sequence // (S)
 * @param ofSequence its categories // (K)
 * @param weights how much targets count
 * @param future columns that are known ahead, as they are read once the encoding is fitted
 */
public record SideEncoding(
    List<Categories> steps,
    Scaling numbers,
    List<Categories> ofSequence,
    TargetWeights weights,
    List<String> future) {
  /** Of a table of which nothing but inputs is read. */
  public static final SideEncoding NONE = unfitted(SideColumns.NONE, Scale.NONE);

  public SideEncoding {
    steps = List.copyOf(steps);
    ofSequence = List.copyOf(ofSequence);
    future = List.copyOf(future);
  }

  /** Columns that are not fitted yet: no category is known, and nothing is read ahead. */
  public static SideEncoding unfitted(SideColumns columns, Scale scale) {
    return new SideEncoding(
        unknown(columns.ofSteps().stream()),
        Scaling.unfitted(columns.numbers(), scale),
        unknown(columns.ofSequence().stream()),
        columns.weights(),
        List.of());
  }

  /** The same columns, not fitted. */
  public SideEncoding unfitted() {
    return new SideEncoding(
        unknown(steps.stream().map(Categories::column)),
        numbers.unfitted(),
        unknown(ofSequence.stream().map(Categories::column)),
        weights,
        List.of());
  }

  private static List<Categories> unknown(Stream<String> columns) {
    return columns.map(column -> new Categories(column, List.of())).toList();
  }

  /** The same with other weights of targets. */
  public SideEncoding with(TargetWeights others) {
    return new SideEncoding(steps, numbers, ofSequence, others, future);
  }

  /** The same with columns that are known ahead. */
  public SideEncoding withFuture(List<String> columns) {
    return new SideEncoding(steps, numbers, ofSequence, weights, columns);
  }

  /** Whether a network reads nothing but inputs and what is known ahead. */
  public boolean isEmpty() {
    return steps.isEmpty() && numbers.size() == 0 && ofSequence.isEmpty();
  }

  /** The columns; those of steps come first. */
  public SideColumns columns() {
    Stream<String> numeric = numbers.columns().stream().map(Scaling.Column::name);
    return new SideColumns(
        all().map(Categories::column).toList(),
        Stream.concat(numeric, ofSequence.stream().map(Categories::column)).toList(),
        1,
        weights,
        false,
        future);
  }

  /** The categories of steps, then those of the sequence. */
  public Stream<Categories> all() {
    return Stream.concat(steps.stream(), ofSequence.stream());
  }

  /** The tables in which a network keeps a row for each id, of the width that is usual. */
  List<EmbeddingSpec> tables() {
    return Stream.concat(
            steps.stream().map(categories -> table(categories, false)),
            ofSequence.stream().map(categories -> table(categories, true)))
        .toList();
  }

  private static EmbeddingSpec table(Categories categories, boolean ofSequence) {
    int rows = categories.size();
    return new EmbeddingSpec(rows, EmbeddingSpec.widthFor(rows), ofSequence);
  }
}

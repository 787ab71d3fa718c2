package io.hindsight.datasets.side;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.encoding.ConstantBounds;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.ScalingStatistics;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.quantile.QuartileSearch;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * What the training part tells of the columns beside the inputs: of each step its categories, and
 * of each sequence, however long, its numbers and categories once.
 */
public final class SideStatistics implements Mergeable<SideStatistics> {
  private static final long serialVersionUID = 1L;

  /** The most categories of a column, rare ones included, for the driver counts all of them. */
  public static final int MOST_CATEGORIES = 1_000_000;

  private final int most;
  private final int steps; // J
  private final ArrayList<CategoryCounts> counts = new ArrayList<>(); // (J + K)
  private final ScalingStatistics numbers;

  /**
   * Of no sequence.
   *
   * @param encoding of the columns, not fitted
   * @param most categories of a column
   */
  public SideStatistics(SideEncoding encoding, int most) {
    this.most = most;
    steps = encoding.steps().size();
    encoding.all().forEach(column -> counts.add(new CategoryCounts(most)));
    numbers = ScalingStatistics.toFit(encoding.numbers());
  }

  /**
   * Takes the steps of a sequence that are trained on.
   *
   * @param offset rows before that of the first step
   */
  public void add(RawSequence raw, Window trained, int offset) {
    RawSide side = raw.side();
    for (int i = 0; i < trained.steps() * steps; i++) {
      add(counts.get(i % steps), side.categories().get(offset * steps + i));
    }
    for (int k = steps; k < counts.size(); k++) {
      add(counts.get(k), side.fixed().categories().get(k - steps));
    }
    numbers.add(Readings.statics(raw, trained));
  }

  private static void add(CategoryCounts to, String name) {
    if (name != null) {
      to.add(name);
    }
  }

  @Override
  public void merge(SideStatistics other) {
    for (int c = 0; c < counts.size(); c++) {
      counts.get(c).merge(other.counts.get(c));
    }
    numbers.merge(other.numbers);
  }

  /** Between what the numbers lie that may be constant, as far as is known. */
  public ConstantBounds bounds() {
    return new ConstantBounds(numbers);
  }

  /**
   * The encoding of the same columns, fitted.
   *
   * @param bounds of the numbers, not open or all sequences added
   * @param quartiles of the numbers
   * @param rare categories that occur less often are unknown
   * @param source the table, for errors
   * @throws DataException if a column has no category that is known, or too many
   */
  public SideEncoding fit(
      SideEncoding unfitted,
      ConstantBounds bounds,
      QuartileSearch quartiles,
      int rare,
      String source) {
    List<Categories> all = new ArrayList<>();
    unfitted.all().forEach(c -> all.add(fit(c.column(), counts.get(all.size()), rare, source)));
    return new SideEncoding(
        all.subList(0, steps),
        unfitted.numbers().fit(numbers, bounds, quartiles),
        all.subList(steps, all.size()),
        unfitted.weights(),
        unfitted.future());
  }

  private Categories fit(String column, CategoryCounts counts, int rare, String source) {
    String place = "%s, column %s".formatted(source, column);
    if (counts.areTooMany()) {
      throw new DataException(
          "a column has at most %,d different categories in the training part".formatted(most),
          "more than %,d".formatted(most),
          place,
          "leave the column out of data.categories, or bring rare categories together before");
    }
    List<String> known = counts.seen(rare);
    if (known.isEmpty()) {
      throw new DataException(
          rare == 1
              ? "the training part must have a category in each column of data.categories"
              : "a category must occur at least %d times in the training part (data.rare)"
                  .formatted(rare),
          rare == 1 ? "only missing values" : "%d that do not".formatted(counts.size()),
          place,
          rare == 1 ? "name another column in data.categories" : "set a smaller data.rare");
    }
    return Categories.of(column, known);
  }
}

package io.hindsight.datasets.missing;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Moments;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What the training part tells of inputs that may be missing. */
public final class FillStatistics implements Mergeable<FillStatistics> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<OfNumber> numbers = new ArrayList<>(); // (C)

  /** Of no sequence yet. */
  public FillStatistics(Filling filling) {
    filling.numbers().forEach(number -> numbers.add(new OfNumber(number.needsMean())));
  }

  /**
   * Takes the rows of a sequence that are trained on.
   *
   * @param values of the sequence, or their logarithms where those are read // (N, C)
   * @param rows how many of the first are trained on
   * @param counts which of them count
   */
  public void add(RowNumbers values, int rows, IntPredicate counts) {
    for (int c = 0; c < numbers.size(); c++) {
      OfNumber number = numbers.get(c);
      for (int row = 0; row < rows; row++) {
        if (counts.test(row)) {
          number.add(values.get(row * numbers.size() + c));
        }
      }
    }
  }

  @Override
  public void merge(FillStatistics other) {
    for (int c = 0; c < numbers.size(); c++) {
      numbers.get(c).merge(other.numbers.get(c));
    }
  }

  /**
   * The means, and an indicator for each column of which a value is missing.
   *
   * @param inputs columns that may have an indicator
   * @throws DataException if the training part has no value to take the mean of
   */
  public Filling fit(Filling unfitted, List<String> inputs) {
    if (unfitted.isNone()) {
      return Filling.NONE;
    }
    List<Filling.Feature> fitted = new ArrayList<>();
    List<String> indicators = new ArrayList<>();
    for (int c = 0; c < numbers.size(); c++) {
      Filling.Feature number = unfitted.numbers().get(c);
      OfNumber known = numbers.get(c);
      fitted.add(number.needsMean() ? number.with(known.mean(number.name())) : number);
      boolean isRead = inputs.contains(number.column());
      if (known.missing > 0 && isRead && !indicators.contains(number.column())) {
        indicators.add(number.column());
      }
    }
    return new Filling(fitted, indicators, true);
  }

  /** Of one number of a step. */
  private static final class OfNumber implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean needsMean;
    private long missing;
    private transient Moments present = new Moments();

    OfNumber(boolean needsMean) {
      this.needsMean = needsMean;
    }

    void add(double value) {
      if (Double.isNaN(value)) {
        missing++;
      } else if (needsMean && Double.isFinite(value)) {
        present.add(value);
      }
    }

    void merge(OfNumber other) {
      missing += other.missing;
      present.merge(other.present);
    }

    double mean(String name) {
      if (present.count() == 0) {
        throw new DataException(
            "an input must have a value in the training part, to take the mean of",
            "none",
            "training part, column " + name,
            "leave the column out of data.inputs, or use data.missing: zero");
      }
      return present.mean();
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeObject(present.toLongs());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      present = Moments.ofLongs((long[]) in.readObject());
    }
  }
}

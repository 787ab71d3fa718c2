package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;

/** Brings a network's answers for numeric targets of a table back to original units. */
public final class TargetDecoding {
  private final Encoding.Table encoding;
  private final Scaling scaling;

  /**
   * For a table.
   *
   * @param encoding of numeric targets
   */
  public TargetDecoding(Encoding.Table encoding) {
    this.encoding = encoding;
    this.scaling = encoding.targetScaling().orElseThrow();
  }

  /** O: numbers per target. */
  public int outputs() {
    return scaling.size();
  }

  /**
   * An answer in original units.
   *
   * @param series (N, O): the target columns of the whole sequence; read only where changes are
   *     answered, which are added to the present value
   * @param t step of the encoded sequence
   * @param element of the answer, in [0, H·O): h·O + o of target column o
   * @param networkOutput the answer as the network gave it
   */
  public double decode(RowNumbers series, int t, int element, double networkOutput) {
    return decode(series, null, t, element, networkOutput);
  }

  /**
   * The same of a sequence that may have a scale of its own.
   *
   * @param own shifts, then divisors // (2, O), or those of each row // (N, 2, O); null if it has
   *     none
   */
  public double decode(RowNumbers series, double[] own, int t, int element, double networkOutput) {
    int output = element % outputs();
    int row = t + encoding.offset();
    Scaling.Column column =
        TargetSeries.scaled(scaling.column(output), own, outputs(), row, output);
    double value = column.denormalize(networkOutput);
    if (column.isConstant() && encoding.answersChanges() && encoding.horizon().isRecursive()) {
      value *= 1 + element / outputs(); // so many changes that are all the same
    }
    if (encoding.answersChanges()) {
      value += column.transform(series.get(row * outputs() + output));
    }
    return column.restore(value);
  }
}

package io.hindsight.datasets.sums;

/**
 * Squared and absolute errors of O outputs, each summed without rounding, so that they do not
 * depend on who computes which part of them.
 */
public final class ErrorTotals implements Mergeable<ErrorTotals> {
  private static final long serialVersionUID = 1L;

  private final Total[] squares; // (O)
  private final Total[] magnitudes; // (O)

  /** Zero. */
  public ErrorTotals(int outputs) {
    squares = totals(outputs);
    magnitudes = totals(outputs);
  }

  private static Total[] totals(int outputs) {
    Total[] totals = new Total[outputs];
    for (int o = 0; o < outputs; o++) {
      totals[o] = new Total();
    }
    return totals;
  }

  /** Adds an error of an output. */
  public void add(int output, double error) {
    squares[output].add(error * error);
    magnitudes[output].add(Math.abs(error));
  }

  /** Adds what others hold of as many outputs. */
  @Override
  public void merge(ErrorTotals other) {
    for (int o = 0; o < squares.length; o++) {
      squares[o].merge(other.squares[o]);
      magnitudes[o].merge(other.magnitudes[o]);
    }
  }

  /** The same totals, of which that of output o is with that of o + columns, o + 2 · columns … */
  public ErrorTotals by(int columns) {
    ErrorTotals sums = new ErrorTotals(columns);
    for (int o = 0; o < squares.length; o++) {
      sums.squares[o % columns].merge(squares[o]);
      sums.magnitudes[o % columns].merge(magnitudes[o]);
    }
    return sums;
  }

  /**
   * Root of the mean squared error of an output.
   *
   * @param count errors of it
   */
  public double rmse(int output, long count) {
    return Math.sqrt(squares[output].value() / count);
  }

  /** Mean absolute error of an output, as {@link #rmse(int, long)}. */
  public double mae(int output, long count) {
    return magnitudes[output].value() / count;
  }

  /**
   * Root of the mean squared error of all outputs.
   *
   * @param count errors of all of them
   */
  public double rmse(long count) {
    return Math.sqrt(sum(squares) / count);
  }

  /** Mean absolute error of all outputs, as {@link #rmse(long)}. */
  public double mae(long count) {
    return sum(magnitudes) / count;
  }

  private static double sum(Total[] totals) {
    Total sum = new Total();
    for (Total total : totals) {
      sum.merge(total);
    }
    return sum.value();
  }
}

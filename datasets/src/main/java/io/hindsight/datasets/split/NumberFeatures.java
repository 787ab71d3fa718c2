package io.hindsight.datasets.split;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.scale.RowScales;
import io.hindsight.datasets.time.Timeline;

/** The numbers of the steps of a sequence, filled and scaled. */
final class NumberFeatures {
  private final Encoding.Table encoding;
  private final RowScales scales;
  private final int numbers; // C
  private final int[] columns; // that are inputs
  private final RowNumbers read; // (N + A, C)

  NumberFeatures(Encoding.Table encoding, RawSequence raw, RowScales scales) {
    this.encoding = encoding;
    this.scales = scales;
    Scaling scaling = encoding.inputScaling();
    numbers = scaling.size();
    columns = encoding.ofInputs();
    read = scales.filled(scaling.transform(raw, raw.ahead().numbersAfter(raw.inputs())));
  }

  /** Writes x_t, or x_{t+1} − x_t with differences, to the front of each step // (T, I). */
  void addTo(double[] features, int width) {
    for (int t = 0; t * width < features.length; t++) {
      for (int i = 0; i < columns.length; i++) {
        features[t * width + i] = of(t, columns[i]);
      }
    }
  }

  /** The same numbers of some steps, where nothing stands behind them // (T, I). */
  RowNumbers ofSteps(int steps) {
    int width = columns.length;
    return RowNumbers.of(Math.multiplyExact(steps, width), i -> of(i / width, columns[i % width]));
  }

  private double of(int step, int column) {
    int row = step + encoding.offset();
    return scales.input(row, column).normalize(number(row, column, step));
  }

  /**
   * Writes x_{t+h}, or with differences x_{t+1+h} − x_{t+1}, of each column that is known ahead
   * behind them, in the order h·F + f; 0, which is the mean of the training part or no change,
   * where no row is.
   *
   * @param line of the steps and what is known behind them
   */
  void addFutureTo(double[] features, int width, Timeline line) {
    for (int t = 0; t * width < features.length; t++) {
      putFuture(features, t * width, line, t + encoding.offset());
    }
  }

  /**
   * Writes the same of the steps that follow the last row // (count, I).
   *
   * @param last row of the sequence
   */
  void addLaterTo(double[] features, int width, Timeline line, int last) {
    for (int k = 0; k * width < features.length; k++) {
      putFuture(features, k * width, line, line.after(last, k + 1));
    }
  }

  /** Of the step of a row; −1 is a row that is not there, nor what follows it. */
  private void putFuture(double[] features, int step, Timeline line, int present) {
    int at = step + encoding.ofInputs().length;
    for (int h = encoding.horizon().first(); h <= encoding.horizon().trained(); h++) {
      int row = present < 0 ? -1 : line.after(present, h);
      for (int column : encoding.ofFuture()) {
        features[at++] =
            row < 0 ? 0 : scales.input(present, column).normalize(number(row, column, present));
      }
    }
  }

  private double number(int row, int column, int before) {
    double change = encoding.difference() ? read.get(before * numbers + column) : 0;
    return read.get(row * numbers + column) - change;
  }
}

package io.hindsight.datasets.recursive;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;

/**
 * One way on from a step of a sequence: answers of the network in original units, each read in the
 * place of the row's value. Nothing of a later row is read. For one thread.
 *
 * <p>An answer that is not known, as a change from a value that is missing, is read as a missing
 * value is: the change is 0, and what tells that values are missing does.
 */
public final class FedPath {
  private final FedColumns columns;
  private final Encoding.Table encoding;
  private final RowNumbers series; // (N, O), or null
  private final double[] own; // (2, O), or (N, 2, O), or null
  private final int step;
  private final int outputs; // O
  private final double[] present; // (O): as they are scaled; NaN where one is missing
  private final double[] newest; // (O): the same of the last answers
  private final double[] read; // (inputs): the last answers as inputs are scaled

  /**
   * From a step on.
   *
   * @param series the target columns in original units, of which no row behind that of the step is
   *     read // (N, O); may be null unless changes are answered
   * @param own shifts, then divisors of targets of a sequence that is scaled by itself // (2, O),
   *     or those of each row, of which that of the step is the scale of all that is answered and
   *     read // (N, 2, O); null if it is scaled as its table is
   */
  public FedPath(FedColumns columns, RowNumbers series, double[] own, int step) {
    this.columns = columns;
    this.encoding = columns.encoding();
    this.series = series;
    this.own = own;
    this.step = step;
    outputs = columns.decoding().outputs();
    present = new double[outputs];
    read = new double[columns.inputs()];
    if (encoding.answersChanges()) {
      int row = (step + encoding.offset()) * outputs;
      Arrays.setAll(present, o -> target(o).transform(series.get(row + o)));
      Arrays.setAll(read, i -> input(i).transform(series.get(row + columns.target(i))));
    }
    newest = present.clone();
  }

  /**
   * Makes of changes from the value before changes from the present, as a network that answers all
   * steps ahead at once answers them. Levels stay as they are.
   *
   * @param raw what the network answers of one step // (O·P), changed
   */
  public void relate(OutputSpec output, double[] raw) {
    for (int o = 0; o < outputs && encoding.answersChanges(); o++) {
      double moved = (newest[o] - present[o]) / target(o).divisor();
      for (int p = 0; p < output.locations() && Double.isFinite(moved) && moved != 0; p++) {
        raw[o * output.parameters() + p] += moved;
      }
    }
  }

  /**
   * An answer in original units; NaN for a change from what is missing.
   *
   * @param element h·O + o for h + 1 steps ahead of target column o
   * @param networkOutput as {@link #relate} has made it
   */
  public double decode(int element, double networkOutput) {
    return columns.decoding().decode(series, own, step, element, networkOutput);
  }

  /**
   * Goes on: puts the values of a row into what the network reads.
   *
   * @param answers the row's values in original units // (O)
   * @param features of the step, with what is known ahead in place
   * @param at where the step begins in them
   */
  public void read(double[] answers, double[] features, int at) {
    for (int i = 0; i < columns.inputs(); i++) {
      double value = input(i).transform(answers[columns.target(i)]);
      double change = value - read[i];
      double known = Double.isNaN(change) ? 0 : change;
      double scaled = input(i).normalize(encoding.difference() ? known : value);
      features[at + i] = Double.isNaN(scaled) ? 0 : scaled; // of no scale while nothing is known
      read[i] = value;
    }
    int[][] indicated = columns.indicated();
    for (int k = 0; k < indicated.length; k++) {
      features[at + columns.indicators() + k] = isMissing(answers, indicated[k]) ? 1 : 0;
    }
    for (int o = 0; o < outputs; o++) {
      newest[o] = target(o).transform(answers[o]);
    }
  }

  private boolean isMissing(double[] answers, int[] inputs) {
    for (int i : inputs) {
      if (Double.isNaN(answers[columns.target(i)])) {
        return true;
      }
    }
    return false;
  }

  private Scaling.Column target(int o) {
    return scaled(encoding.targetScaling().orElseThrow().column(o), o);
  }

  private Scaling.Column input(int i) {
    return scaled(encoding.inputScaling().column(i), columns.target(i));
  }

  /** By the scale of the sequence, which is one of an input and of the same target. */
  private Scaling.Column scaled(Scaling.Column column, int o) {
    return TargetSeries.scaled(column, own, outputs, step + encoding.offset(), o);
  }
}

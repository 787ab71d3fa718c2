package io.hindsight.datasets.encoded;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The targets that a recursive forecast is judged by: those of all steps ahead, in place of the
 * nearest, which the network is trained on. They are what a network that answers all at once would
 * be trained on, so that both are judged alike. Other forecasts have them already.
 *
 * <p>As there, no step has a target behind the row of the step that its part ends before. Where the
 * calendar is read, what lies behind a time without a row has none. For one thread.
 */
public final class AheadTargets {
  private final Forecast truth;
  private final Encoding.Table encoding;
  private final int columns; // O
  private Sequence last; // null before the first
  private Sequence judged; // the same with its targets

  /** By the truth of sequences. */
  public AheadTargets(Forecast truth) {
    this.truth = truth;
    encoding = truth.encoding();
    columns = truth.outputs();
  }

  /** A window of the sequence with these targets. */
  public Window of(Window window) {
    return new Window(
        of(window.sequence()), window.start(), window.steps(), window.scoredFrom(), window.cut());
  }

  /** A whole sequence of a part with these targets // (T, H·O), NaN where one is missing. */
  public Sequence of(Sequence sequence) {
    if (!truth.horizon().isRecursive()) {
      return sequence;
    }
    if (sequence != last) {
      judged = sequence.withTargets(targets(sequence));
      last = sequence;
    }
    return judged;
  }

  private double[] targets(Sequence sequence) {
    TargetSeries series = truth.of(sequence);
    Horizon horizon = truth.horizon();
    double[] targets = new double[Math.multiplyExact(sequence.length(), truth.elements())];
    Arrays.fill(targets, Sequence.NO_VALUE);
    int end = lastRow(sequence, series.line());
    for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
      int at = t * truth.elements();
      for (int h = horizon.first(); h <= horizon.last(); h++, at += columns) {
        int row = series.line().after(truth.present(t), h);
        if (row >= 0 && row <= end) {
          put(series, truth.present(t), row, targets, at);
        }
        if (readsTimes() && series.line().anyAfter(truth.present(t), h) < 0) {
          break;
        }
      }
    }
    return targets;
  }

  private boolean readsTimes() {
    return !encoding.timeSteps().inputs().calendar().isEmpty();
  }

  /** y_{t+h}, or its change from the present, in the network's units. */
  private void put(TargetSeries series, int present, int row, double[] targets, int at) {
    for (int o = 0; o < columns; o++) {
      Scaling.Column column = encoding.targetScaling().orElseThrow().column(o);
      column = TargetSeries.scaled(column, series.scale(), columns, present, o);
      double value = column.transform(series.values().get(row * columns + o));
      if (encoding.answersChanges()) {
        value -= column.transform(series.values().get(present * columns + o));
      }
      targets[at + o] = column.normalize(value);
    }
  }

  /** The last row that a target may be in. */
  private int lastRow(Sequence sequence, Timeline line) {
    int steps =
        IntStream.rangeClosed(truth.horizon().first(), truth.horizon().last())
                .map(line::rowsWithTarget)
                .max()
                .orElseThrow()
            - encoding.offset();
    return sequence.length() < steps ? truth.present(sequence.length()) : Integer.MAX_VALUE;
  }
}

package io.hindsight.datasets.recursive;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.TargetDecoding;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.kernels.batch.Sequence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which inputs of a step are answers of the network when it goes on by itself, and which are known
 * ahead: columns that are, which stand behind the answers, and the calendar, which stands last.
 */
public final class FedColumns {
  private final Encoding.Table encoding;
  private final TargetDecoding decoding;
  private final int[] targets; // (numbers): the target column that an input is
  private final int[][] indicated; // [indicators]: the inputs whose absence each tells
  private final int future; // inputs of columns that are known ahead
  private final int calendar; // where it begins

  /**
   * Of data whose inputs are targets.
   *
   * @throws IllegalArgumentException if an input is no target
   */
  public FedColumns(Encoding.Table encoding) {
    this.encoding = encoding;
    decoding = new TargetDecoding(encoding);
    List<String> names =
        encoding.targetScaling().orElseThrow().columns().stream()
            .map(Scaling.Column::name)
            .toList();
    targets =
        IntStream.of(encoding.ofInputs())
            .map(i -> names.indexOf(encoding.inputScaling().column(i).name()))
            .toArray();
    if (IntStream.of(targets).anyMatch(o -> o < 0)) {
      throw new IllegalArgumentException(
          "inputs %s are not all targets %s".formatted(encoding.inputs(), encoding.targets()));
    }
    indicated =
        encoding.filling().indicators().stream()
            .map(column -> encoding.filling().positions(column))
            .toArray(int[][]::new);
    int gaps = encoding.timeSteps().inputs().marksGaps() ? 1 : 0;
    future = encoding.numbers() - targets.length;
    calendar = encoding.numbers() + indicated.length + gaps;
  }

  /** How the data is encoded. */
  public Encoding.Table encoding() {
    return encoding;
  }

  TargetDecoding decoding() {
    return decoding;
  }

  /** I. */
  public int width() {
    return encoding.features();
  }

  /** The target column that an input is. */
  int target(int input) {
    return targets[input];
  }

  /** How many inputs are targets. */
  int inputs() {
    return targets.length;
  }

  /** Where what tells that inputs are missing begins. */
  int indicators() {
    return targets.length + future;
  }

  int[][] indicated() {
    return indicated;
  }

  /**
   * What is known ahead of the steps that follow another of a sequence, from its own features.
   *
   * @param truth of the sequence
   * @param t the step
   * @param count of steps, none of which lies behind a time without a row
   * @return the inputs of each, with zeros in place of answers // (count, I)
   */
  public double[] known(Forecast truth, Sequence sequence, int t, int count) {
    double[] features = new double[count * width()];
    if (future == 0 && calendar == width()) {
      return features;
    }
    TargetSeries series = truth.of(sequence);
    Timeline line = series.line();
    for (int k = 1; k <= count; k++) {
      int step = line.anyAfter(truth.present(t), k) - encoding.offset();
      int from = step * width();
      int to = (k - 1) * width();
      copy(sequence.features(), from, features, to, targets.length, future);
      copy(sequence.features(), from, features, to, calendar, width() - calendar);
    }
    return features;
  }

  private static void copy(double[] of, int from, double[] into, int to, int first, int count) {
    System.arraycopy(of, from + first, into, to + first, count);
  }
}

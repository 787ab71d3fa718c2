package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.scale.RowScales;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.kernels.batch.Sequence;
import java.util.Arrays;

/**
 * The numeric targets of the steps of a sequence: of each target column the value at each horizon,
 * nearest first, in the order h·O + o. What has no row is missing.
 */
final class TargetValues {
  private final Encoding.Table encoding;
  private final TableTimes times;
  private final Scaling scaling;
  private final RowScales scales;

  /** For an encoding of numbers. */
  TargetValues(Encoding.Table encoding, TableTimes times, RowScales scales) {
    this.scales = scales;
    this.encoding = encoding;
    this.times = times;
    scaling = encoding.targetScaling().orElseThrow();
  }

  /** y_{t+h}, or y_{t+1+h} − y_{t+1} with differences // (T, H·O). */
  double[] values(RawSequence raw, int steps) {
    RowNumbers transformed = scaling.transform(raw, raw.numbers());
    int width = scaling.size();
    double[] values = new double[steps * width * encoding.horizon().outputs()];
    int at = 0;
    for (int t = 0; t < steps; t++) {
      int present = t + encoding.offset();
      for (int h = encoding.horizon().first(); h <= encoding.horizon().trained(); h++) {
        int ahead = row(raw, t, h);
        for (int o = 0; o < width; o++) {
          values[at++] = value(transformed, present, ahead, o);
        }
      }
    }
    return values;
  }

  /** The same of one horizon, each when it is asked for // (T, O). */
  RowNumbers ofSteps(RawSequence raw, int steps) {
    RowNumbers transformed = scaling.transform(raw, raw.numbers());
    Timeline line = times.line(raw);
    int width = scaling.size();
    int horizon = encoding.horizon().first();
    return RowNumbers.of(
        Math.multiplyExact(steps, width),
        i -> {
          int present = i / width + encoding.offset();
          return value(transformed, present, line.after(present, horizon), i % width);
        });
  }

  private double value(RowNumbers transformed, int present, int ahead, int o) {
    int width = scaling.size();
    double change = encoding.answersChanges() ? transformed.get(present * width + o) : 0;
    return ahead < 0
        ? Sequence.NO_VALUE
        : scales.target(present, o).normalize(transformed.get(ahead * width + o) - change);
  }

  /** As they were read, where they are probabilities // (T, O). */
  double[] probabilities(RawSequence raw, int steps) {
    int width = scaling.size();
    double[] values = new double[steps * width];
    Arrays.fill(values, Sequence.NO_VALUE);
    for (int t = 0; t < steps; t++) {
      int row = row(raw, t, encoding.horizon().first());
      for (int o = 0; o < width && row >= 0; o++) {
        double value = raw.numbers().get(row * width + o);
        if (value < 0 || value > 1) {
          throw new DataException(
              "a multilabel target must be a number in [0, 1]",
              Double.toString(value),
              raw.place(row, scaling.column(o).name()),
              "correct the label, or use data.target-kind: value");
        }
        values[t * width + o] = value;
      }
    }
    return values;
  }

  private int row(RawSequence raw, int step, int ahead) {
    return times.line(raw).after(step + encoding.offset(), ahead);
  }

  /**
   * The same sequence, of which no step has a target behind the row of the step that its part ends
   * before: what is nearest to that is the first target of a later part.
   */
  Sequence within(PartCuts cuts, RawSequence raw, Sequence whole) {
    Horizon horizon = encoding.horizon();
    if (horizon.outputs() == 1) {
      return whole;
    }
    int width = scaling.size();
    int each = whole.targetWidth();
    double[] targets = whole.targets().clone();
    Timeline line = times.line(raw);
    for (int t = 0; t < whole.length(); t++) {
      int last = last(cuts, t, whole.length());
      for (int h = horizon.first(); h <= horizon.trained(); h++) {
        if (line.after(t + encoding.offset(), h) > last) {
          int from = t * each + (h - horizon.first()) * width;
          Arrays.fill(targets, from, from + width, Sequence.NO_VALUE);
        }
      }
    }
    return whole.withTargets(targets);
  }

  /** The last row that a target of a step may be in. */
  private int last(PartCuts cuts, int step, int length) {
    int end =
        step < cuts.trainingTo()
            ? cuts.trainingTo()
            : step < cuts.validationTo() ? cuts.validationTo() : cuts.testTo();
    return end < length ? end + encoding.offset() : Integer.MAX_VALUE;
  }
}

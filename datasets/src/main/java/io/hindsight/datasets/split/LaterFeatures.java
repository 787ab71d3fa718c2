package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.scale.RowScales;
import io.hindsight.datasets.time.InstantReader;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeInputs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the steps behind the end of a sequence: columns that are known ahead, and their
 * calendar.
 */
final class LaterFeatures {
  private final Encoding.Table encoding;
  private final TableTimes times;
  private final RowScales scales;

  /** By an encoding of several steps ahead, with the scale of the sequence. */
  LaterFeatures(Encoding.Table encoding, TableTimes times, RowScales scales) {
    this.scales = scales;
    this.encoding = encoding;
    this.times = times;
  }

  /**
   * The features of the steps up to one before the farthest that is answered, zeros in place of
   * what is not known // (H−1, I).
   *
   * @throws DataException if a calendar is read and the times that follow are not known
   */
  double[] of(RawSequence raw) {
    TimeInputs inputs = encoding.timeSteps().inputs();
    int width = encoding.features();
    double[] features = new double[(encoding.horizon().last() - 1) * width];
    if (!encoding.side().future().isEmpty()) {
      NumberFeatures numbers = new NumberFeatures(encoding, raw, scales);
      numbers.addLaterTo(features, width, times.lineAhead(raw), raw.length() - 1);
    }
    int ofCalendar = inputs.calendar().stream().mapToInt(CalendarField::width).sum();
    for (int at = width - ofCalendar; ofCalendar > 0 && at < features.length; at += width) {
      Instant time = after(raw, 1 + at / width, inputs);
      TimeFeatures.putCalendar(inputs, time, features, at);
    }
    return features;
  }

  private Instant after(RawSequence raw, int steps, TimeInputs inputs) {
    int last = raw.length() - 1;
    if (raw.grid().isPresent()) {
      return raw.grid().get().after(last, steps);
    }
    Optional<List<String>> later = times.later(raw, steps);
    return later
        .flatMap(all -> new InstantReader(inputs.zone()).read(all.get(last)))
        .orElseThrow(
            () ->
                new DataException(
                    "with data.strategy: recursive and data.calendar the times that follow a sequence must be known",
                    "no common step before or at " + DataException.quote(raw.times().get(last)),
                    raw.place(),
                    "bring rows a common step apart, or give the training data's data.frequency"));
  }
}

package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.time.Distances;
import io.hindsight.datasets.time.StepFinder;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeFindings;
import io.hindsight.datasets.time.TimeStep;
import java.util.Optional;

/** The step that most rows are apart of those sequences of a table that take part. */
final class MostCommonStep {
  private MostCommonStep() {}

  /**
   * Finds it.
   *
   * @param sent tells, with the shortest length, which sequences take part
   */
  static Optional<TimeStep> of(TableData data, SentEncoding sent, int minLength) {
    return StepFinder.find(
            data.gather(new OfTimes(sent, minLength)),
            step -> data.gather(new OfDistances(sent, minLength, step)))
        .map(Found::step);
  }

  /** The times of the sequences that take part. */
  private record OfTimes(SentEncoding sent, int minLength) implements Gathering<TimeFindings> {
    @Override
    public TimeFindings none() {
      return new TimeFindings();
    }

    @Override
    public void add(TimeFindings known, RawSequence raw, TableTimes times) {
      if (Selection.unscored(raw, sent.get(), times, minLength).isEmpty()) {
        known.add(raw, times);
      }
    }
  }

  /** The distances between those, in days of the week. */
  private record OfDistances(SentEncoding sent, int minLength, TimeStep step)
      implements Gathering<Distances> {
    @Override
    public Distances none() {
      return new Distances();
    }

    @Override
    public void add(Distances known, RawSequence raw, TableTimes times) {
      if (Selection.unscored(raw, sent.get(), times, minLength).isEmpty()) {
        known.add(raw, step);
      }
    }
  }
}

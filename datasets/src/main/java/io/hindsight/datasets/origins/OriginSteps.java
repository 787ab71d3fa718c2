package io.hindsight.datasets.origins;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.InstantReader;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Sequence;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the sequences of a table tell of the origins of a backtest: which of them is the shortest,
 * and between which times the targets of each origin are.
 */
public final class OriginSteps implements Mergeable<OriginSteps> {
  private static final long serialVersionUID = 1L;

  private String shortest; // id; null if no sequence takes part
  private int steps; // of the shortest
  private final ArrayList<TargetTimes> times = new ArrayList<>(); // by origin

  private OriginSteps(int origins) {
    for (int i = 0; i < origins; i++) {
      times.add(new TargetTimes());
    }
  }

  /** The id of the shortest sequence, of equals the first; absent if none takes part. */
  public Optional<String> shortest() {
    return Optional.ofNullable(shortest);
  }

  /** How many steps with a target it has; 0 if there is none. */
  public int steps() {
    return steps;
  }

  /** When the targets of the origins are, one after the other. */
  public List<TargetTimes> times() {
    return List.copyOf(times);
  }

  private void add(String id, int length) {
    boolean isShorter = shortest == null || length < steps;
    if (isShorter || (length == steps && IdOrder.UTF_8.compare(id, shortest) < 0)) {
      shortest = id;
      steps = length;
    }
  }

  @Override
  public void merge(OriginSteps other) {
    if (other.shortest != null) {
      add(other.shortest, other.steps);
    }
    for (int i = 0; i < times.size(); i++) {
      times.get(i).merge(other.times.get(i));
    }
  }

  /**
   * Gathers them.
   *
   * @param sent an encoding that is not fitted
   * @param minLength steps that a sequence must have to take part
   * @param origins how each divides a sequence
   * @param zone of times that do not tell theirs
   */
  public record Of(SentEncoding sent, int minLength, ArrayList<SplitRule> origins, ZoneId zone)
      implements Gathering<OriginSteps> {
    @Override
    public OriginSteps none() {
      return new OriginSteps(origins.size());
    }

    @Override
    public void add(OriginSteps known, RawSequence raw, TableTimes times) {
      if (Selection.unscored(raw, sent.get(), times, minLength).isPresent()) {
        return;
      }
      TableEncoder encoder = new TableEncoder(sent.get(), times);
      Sequence whole = encoder.withoutTargets(raw);
      int length = whole.length();
      known.add(raw.id(), length);
      for (int i = 0; i < origins.size() && !raw.times().isEmpty(); i++) {
        PartCuts cuts = origins.get(i).cuts(raw, encoder, length);
        int end = cuts.to(Part.TEST, length);
        addTimes(known.times.get(i), cuts.from(Part.TEST), end, raw, encoder);
      }
    }

    private void addTimes(
        TargetTimes known, int from, int end, RawSequence raw, TableEncoder encoder) {
      InstantReader reader = new InstantReader(zone);
      for (int step = from; step < end; step++) {
        int row = encoder.ahead(raw, step);
        if (row >= 0 && raw.has(row)) {
          String text = raw.times().get(row);
          reader.read(text).ifPresent(time -> known.add(time, text));
        }
      }
    }
  }
}

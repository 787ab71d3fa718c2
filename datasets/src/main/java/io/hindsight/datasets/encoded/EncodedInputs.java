package io.hindsight.datasets.encoded;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New data encoded for prediction: sequences without targets, and the key of each step. */
public final class EncodedInputs {
  private final List<Sequence> sequences;
  private final Map<String, List<String>> times;
  private final Optional<Forecast> forecast;
  private final Optional<Map<String, List<String>>> targetTimes;
  private final Omissions omissions;

  /**
   * Encoded inputs.
   *
   * @param sequences in the order of their ids
   * @param times by sequence id: the time of each step, as text; a sequence without an entry counts
   *     its steps from 0
   * @param forecast decodes predictions, where targets are numbers of a table
   */
  public EncodedInputs(
      List<Sequence> sequences, Map<String, List<String>> times, Optional<Forecast> forecast) {
    this(sequences, times, forecast, Optional.empty(), Omissions.none(sequences.size()));
  }

  /**
   * Encoded inputs whose answers are for known times, or of which something is left out.
   *
   * @param targetTimes as {@code times}: the time that each step answers for
   * @param omissions the sequences that cannot be answered to
   */
  public EncodedInputs(
      List<Sequence> sequences,
      Map<String, List<String>> times,
      Optional<Forecast> forecast,
      Optional<Map<String, List<String>>> targetTimes,
      Omissions omissions) {
    this.sequences = List.copyOf(sequences);
    this.times = Map.copyOf(times);
    this.forecast = forecast;
    this.targetTimes = targetTimes;
    this.omissions = omissions;
  }

  /** The sequences, in the order of their ids. */
  public List<Sequence> sequences() {
    return sequences;
  }

  /** The time at which step {@code t} of a whole sequence is read: its last known value's. */
  public String time(Sequence sequence, int t) {
    List<String> known = times.get(sequence.id());
    return known == null ? Integer.toString(t) : known.get(t);
  }

  /**
   * The time that step {@code t} of a whole sequence answers for, the horizon after {@link #time};
   * empty for a sequence whose steps are rows. Absent where that holds for all, or the horizon is
   * 0.
   */
  public Optional<String> targetTime(Sequence sequence, int t) {
    return targetTimes.map(of -> of.containsKey(sequence.id()) ? of.get(sequence.id()).get(t) : "");
  }

  /** Whether {@link #targetTime} is present. */
  public boolean hasTargetTimes() {
    return targetTimes.isPresent();
  }

  /** The sequences that cannot be answered to. */
  public Omissions omissions() {
    return omissions;
  }

  /** Every sequence with all that its answers need, whether it can be answered or not, by id. */
  public List<EncodedInput> each() {
    List<EncodedInput> each = new ArrayList<>();
    sequences.forEach(sequence -> each.add(encoded(sequence)));
    omissions.leftOut().forEach(leftOut -> each.add(new Omitted(leftOut)));
    each.sort(Comparator.comparing(EncodedInput::id, IdOrder.UTF_8));
    return each;
  }

  private Encoded encoded(Sequence sequence) {
    return new Encoded(
        sequence,
        times.getOrDefault(sequence.id(), List.of()),
        targetTimes.map(of -> of.getOrDefault(sequence.id(), List.of())).orElse(List.of()),
        forecast.flatMap(of -> of.present(sequence)).orElse(null));
  }

  /** Decodes predictions to original units; present for numeric targets of a table. */
  public Optional<Forecast> forecast() {
    return forecast;
  }
}

package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.grid.GridTimes;
import io.hindsight.datasets.time.StepFinder.Found;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * When the rows of a table's sequences are, in steps of time.
 *
 * <p>A step is the most common one of the table, if more than half of the steps are it. A sequence
 * most of whose steps are another is measured by that. Where no step is common, or the times are
 * texts of which only the order is known, steps are rows.
 */
public final class TableTimes {
  private static final int FEWEST_ROWS = 4; // that tell a step of a sequence's own

  private final TimeSteps steps;
  private final Supplier<Optional<Found>> mostCommon;
  private Optional<Found> found; // null before it is asked for
  private final Map<String, Placed> sequences = new LinkedHashMap<>();

  /**
   * One sequence.
   *
   * @param times its times as they were read
   * @param step what they are measured by; absent where steps are rows
   * @param hasOwn whether that is another than the common one
   * @param grid where its rows lie on the grid that they must lie on; absent if there is none
   */
  record Placed(
      SequenceTimes times,
      Optional<TimeStep> step,
      Timeline line,
      boolean hasOwn,
      Optional<GridTimes> grid) {
    /** Its times in a step, from the first // (N); absent if they cannot be read so. */
    Optional<double[]> positions(TimeStep of) {
      return grid.map(GridTimes::positions).or(() -> times.positions(of));
    }
  }

  private TableTimes(TimeSteps steps, Supplier<Optional<Found>> mostCommon) {
    this.steps = steps;
    this.mostCommon = mostCommon;
  }

  /** Finds the steps of a table that a model is trained on. */
  public static TableTimes find(List<RawSequence> table) {
    Map<String, SequenceTimes> read = read(table);
    Optional<Found> found = StepFinder.find(List.copyOf(read.values()));
    Optional<TimeStep> common = found.filter(Found::isCommon).map(Found::step);
    boolean differ = read.values().stream().anyMatch(times -> own(times, common).isPresent());
    return place(table, read, new TimeSteps(common, differ), () -> found);
  }

  /** The same of some of the sequences. */
  public TableTimes only(List<RawSequence> some) {
    Map<String, SequenceTimes> read = new HashMap<>();
    some.forEach(
        raw ->
            Optional.ofNullable(sequences.get(raw.id()))
                .ifPresent(placed -> read.put(raw.id(), placed.times())));
    Supplier<Optional<Found>> found = () -> StepFinder.find(List.copyOf(read.values()));
    TableTimes times = new TableTimes(steps, read.size() == sequences.size() ? mostCommon : found);
    some.forEach(raw -> times.sequences.computeIfAbsent(raw.id(), sequences::get));
    return times;
  }

  /** Measures a table by the steps of a model. */
  public static TableTimes of(List<RawSequence> table, TimeSteps steps) {
    Map<String, SequenceTimes> read = read(table);
    return place(table, read, steps, () -> StepFinder.find(List.copyOf(read.values())));
  }

  private static Map<String, SequenceTimes> read(List<RawSequence> table) {
    Map<String, SequenceTimes> read = new HashMap<>();
    for (RawSequence raw : table) {
      if (!raw.times().isEmpty()) {
        read.put(raw.id(), SequenceTimes.of(raw));
      }
    }
    return read;
  }

  private static TableTimes place(
      List<RawSequence> table,
      Map<String, SequenceTimes> read,
      TimeSteps steps,
      Supplier<Optional<Found>> found) {
    TableTimes times = new TableTimes(steps, found);
    for (RawSequence raw : table) {
      Optional<SequenceTimes> known = Optional.ofNullable(read.get(raw.id()));
      Optional<TimeStep> own =
          steps.differ() ? known.flatMap(of -> own(of, steps.common())) : Optional.empty();
      Optional<TimeStep> step = known.flatMap(of -> step(of, own, steps));
      Timeline line =
          raw.grid()
              .map(TableTimes::line)
              .or(() -> step.flatMap(of -> known.get().positions(of)).map(Timeline::of))
              .orElse(Timeline.ofRows(raw.length()));
      known.ifPresent(
          of ->
              times.sequences.put(
                  raw.id(), new Placed(of, step, line, own.isPresent(), raw.grid())));
    }
    return times;
  }

  private static Timeline line(GridTimes grid) {
    return Timeline.of(grid.positions()).without(grid.rowsInserted());
  }

  /** A sequence's own step where it has one that differs, else the common one. */
  private static Optional<TimeStep> step(
      SequenceTimes times, Optional<TimeStep> own, TimeSteps steps) {
    return own.or(steps::common).filter(step -> times.reading(step).isPresent());
  }

  /** The common step of a sequence that has not the common one of the table. */
  private static Optional<TimeStep> own(SequenceTimes times, Optional<TimeStep> common) {
    if (common.isPresent() && isMostly(times, common.get())) {
      return Optional.empty();
    }
    return StepFinder.find(List.of(times))
        .filter(found -> found.isCommon() && found.all() >= FEWEST_ROWS - 1)
        .map(Found::step);
  }

  private static boolean isMostly(SequenceTimes times, TimeStep step) {
    double[] positions = times.positions(step).orElse(new double[0]);
    int alike = 0;
    for (int i = 1; i < positions.length; i++) {
      alike += Timeline.isOne(positions[i] - positions[i - 1]) ? 1 : 0;
    }
    return 2 * alike > positions.length - 1;
  }

  /** The steps that a model keeps. */
  public TimeSteps steps() {
    return steps;
  }

  /** So many steps, for people: {@code 3 h}. */
  public String horizon(int count) {
    return steps.horizon(count);
  }

  /** The most common step, common enough or not; absent if the times cannot be read. */
  public Optional<Found> mostCommon() {
    if (found == null) {
      found = mostCommon.get();
    }
    return found;
  }

  /** The sequences that have times, by id. */
  Map<String, Placed> sequences() {
    return sequences;
  }

  /** Whether a sequence is measured by a step of its own. */
  public boolean hasOwnStep(RawSequence raw) {
    Placed placed = sequences.get(raw.id());
    return placed != null && placed.hasOwn();
  }

  /** When the rows of a sequence are. */
  public Timeline line(RawSequence raw) {
    Placed placed = sequences.get(raw.id());
    return placed == null ? Timeline.ofRows(raw.length()) : placed.line();
  }

  /** When the rows of a sequence are, those put in and those behind its last step, too. */
  public Timeline lineAhead(RawSequence raw) {
    return raw.grid()
        .map(grid -> positionsAhead(grid, raw))
        .or(() -> positionsAhead(raw))
        .map(Timeline::of)
        .orElse(Timeline.ofRows(raw.length() + raw.ahead().size()));
  }

  private double[] positionsAhead(GridTimes grid, RawSequence raw) {
    InstantReader reader = new InstantReader(steps.inputs().zone());
    return DoubleStream.concat(
            Arrays.stream(grid.positions()),
            raw.ahead().times().stream()
                .mapToDouble(text -> grid.position(reader.read(text).orElseThrow())))
        .toArray();
  }

  private Optional<double[]> positionsAhead(RawSequence raw) {
    List<String> all = raw.ahead().timesAfter(raw.times());
    return Optional.ofNullable(sequences.get(raw.id()))
        .flatMap(Placed::step)
        .flatMap(step -> SequenceTimes.of(all).positions(step));
  }

  /**
   * The time some steps after each row of a sequence, written like the row's; empty texts where
   * steps are rows. Absent where no step of any sequence is one of time.
   */
  public Optional<List<String>> later(RawSequence raw, int horizon) {
    if (steps.areRows() || horizon == 0) {
      return Optional.empty();
    }
    if (raw.grid().isPresent()) {
      return Optional.of(laterOnGrid(raw, raw.grid().get(), horizon));
    }
    Placed placed = sequences.get(raw.id());
    Optional<TimeStep> step = placed == null ? Optional.empty() : placed.step();
    int day = placed == null ? 0 : placed.times().monthDay();
    return Optional.of(
        step.map(of -> of.later(raw.times(), horizon, day))
            .orElseGet(() -> Collections.nCopies(raw.times().size(), "")));
  }

  private List<String> laterOnGrid(RawSequence raw, GridTimes grid, int horizon) {
    InstantWriter writer = new InstantWriter(steps.inputs().zone());
    return IntStream.range(0, raw.length())
        .mapToObj(row -> writer.write(grid.after(row, horizon), raw.times().get(row)))
        .toList();
  }

  /**
   * The times of a sequence in a step, from the first // (N); absent if they cannot be read so. On
   * a grid its steps are counted.
   */
  public Optional<double[]> positions(RawSequence raw, TimeStep step) {
    return raw.grid()
        .map(GridTimes::positions)
        .or(() -> Optional.ofNullable(sequences.get(raw.id())).flatMap(of -> of.positions(step)));
  }
}

package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numeric targets in original units, so that predictions can be decoded and compared.
 *
 * <p>Knows the whole series of the target columns of every sequence, which is found by its id.
 */
public final class Forecast {
  private static final int PIECE = 1 << 14; // steps

  private final Encoding.Table encoding;
  private final Scaling scaling;
  private final TargetDecoding decoding;
  private final Map<String, TargetSeries> held; // by id
  private final Function<String, TargetSeries> series; // by id; null where it is not known
  private final TrainingSteps training; // null where it is not known
  private final Map<String, ErrorScale> scales = new ConcurrentHashMap<>(); // by id

  /**
   * Targets in original units.
   *
   * @param encoding of numeric targets
   * @param series by id; may lack sequences whose truth is unknown
   */
  public Forecast(Encoding.Table encoding, Map<String, TargetSeries> series) {
    this(encoding, series, series::get, null);
  }

  private Forecast(
      Encoding.Table encoding,
      Map<String, TargetSeries> held,
      Function<String, TargetSeries> series,
      TrainingSteps training) {
    this.training = training;
    this.encoding = encoding;
    this.scaling = encoding.targetScaling().orElseThrow();
    this.decoding = new TargetDecoding(encoding);
    this.held = held;
    this.series = series;
  }

  /**
   * Targets that are read when they are asked for.
   *
   * @param encoding of numeric targets
   * @param series finds them by id, often the same many times in a row, from several threads
   */
  public static Forecast reading(Encoding.Table encoding, Function<String, TargetSeries> series) {
    return new Forecast(encoding, Map.of(), series, null);
  }

  /**
   * Of the sequences of all of some, which have one encoding and their targets on the heap; absent
   * if there is none.
   */
  public static Optional<Forecast> of(List<Forecast> some) {
    if (some.isEmpty()) {
      return Optional.empty();
    }
    Map<String, TargetSeries> series = new HashMap<>();
    some.forEach(one -> series.putAll(one.held));
    return Optional.of(new Forecast(some.get(0).encoding, series));
  }

  /**
   * The same, which tells how large errors of a sequence are beside the changes of its training
   * part.
   */
  public Forecast withTraining(TrainingSteps steps) {
    return new Forecast(encoding, held, series, steps);
  }

  /**
   * What errors of a sequence are divided by; absent if targets are no later values, or nothing is
   * known of training parts.
   */
  public Optional<ErrorScale> scale(Sequence s) {
    return training == null || !isOfFuture()
        ? Optional.empty()
        : Optional.of(scales.computeIfAbsent(s.id(), id -> fit(s)));
  }

  private ErrorScale fit(Sequence s) {
    Timeline line = line(s);
    RowNumbers series = series(s);
    int steps = training.byId().getOrDefault(s.id(), 0);
    int rows = // of what training saw, or all of what it did not see
        steps == 0
            ? series.length() / outputs()
            : 1 + Math.max(present(steps - 1), target(line, steps - 1, 0));
    return ErrorScale.of(series, outputs(), line, rows, training.season());
  }

  private int target(Timeline line, int t, int element) {
    return line.after(present(t), ahead(element));
  }

  /**
   * The sequences of a training part, one after the other, each in pieces, so that a long one is
   * not copied; as a whole, if targets are made for it that end with the part.
   */
  public Stream<Stream<Window>> trained(SequenceList part) {
    return IntStream.range(0, part.size())
        .mapToObj(
            i ->
                horizon().isRecursive()
                    ? Stream.of(Window.whole(part.get(i)))
                    : pieces(part, i, part.length(i)));
  }

  private static Stream<Window> pieces(SequenceList part, int index, int length) {
    return IntStream.range(0, (length + PIECE - 1) / PIECE)
        .map(piece -> piece * PIECE)
        .mapToObj(from -> part.window(index, from, Math.min(PIECE, length - from), false));
  }

  /** O: numbers per target. */
  public int outputs() {
    return scaling.size();
  }

  /** E: answers of a step, h·O + o for horizon h of target column o. */
  public int elements() {
    return outputs() * encoding.horizon().answers();
  }

  /** Steps from the present to the value that an element is of. */
  public int ahead(int element) {
    return encoding.horizon().first() + element / outputs();
  }

  /** How the sequences are encoded. */
  public Encoding.Table encoding() {
    return encoding;
  }

  /** How far ahead is predicted. */
  public Horizon horizon() {
    return encoding.horizon();
  }

  /** Whether targets are later values of the series. */
  public boolean isOfFuture() {
    return horizon().steps() > 0 && !labelled();
  }

  /** Whether targets are labels of whole sequences rather than values of a series. */
  public boolean labelled() {
    return encoding.labelled();
  }

  /** The name of a target column. */
  public String column(int output) {
    return scaling.column(output).name();
  }

  /**
   * A network's answer in original units.
   *
   * @param s a whole sequence
   * @param t step of it
   * @param element in [0, E)
   * @param networkOutput the answer as the network gave it
   */
  public double decode(Sequence s, int t, int element, double networkOutput) {
    double[] own = encoding.scaleBy().isTable() ? null : of(s).scale();
    return decoding.decode(present(s).orElse(null), own, s.origin() + t, element, networkOutput);
  }

  /** An element of the true target of a scored step {@code t}, as it was read; NaN if missing. */
  public double actual(Sequence s, int t, int element) {
    int row = target(line(s), s.origin() + t, element);
    return row < 0 ? Double.NaN : series(s).get(row * outputs() + element % outputs());
  }

  /** Row of the series that is the present at step {@code t}: the newest value the step reads. */
  public int present(int t) {
    return t + encoding.offset();
  }

  /** The whole series of a sequence // (N, O). */
  RowNumbers series(Sequence s) {
    return of(s).values();
  }

  /** The series, if answers are changes of it. */
  Optional<RowNumbers> present(Sequence s) {
    return encoding.answersChanges() ? Optional.of(series(s)) : Optional.empty();
  }

  /** When the rows of that series are. */
  Timeline line(Sequence s) {
    return of(s).line();
  }

  /**
   * The target columns of a sequence as they were read.
   *
   * @throws IllegalArgumentException if they are not known
   */
  public TargetSeries of(Sequence s) {
    TargetSeries found = series.apply(s.id());
    if (found == null) {
      throw new IllegalArgumentException("sequence '%s' is not of this data".formatted(s.id()));
    }
    return found;
  }
}

package io.hindsight.datasets.split;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.scale.OwnScale;
import io.hindsight.datasets.scale.RowScales;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.ComputedSteps;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns sequences of a table into what a network reads: logarithm, then difference, then shift and
 * divisor; targets taken from h steps ahead, so that N values give N − h targets, and one fewer
 * with differences. Where steps are of time, a step without a row at the time of its target has
 * none.
 */
public final class TableEncoder {
  private static final int MANY = 1 << 18; // steps, of which all are not held at once

  private final Encoding.Table encoding;
  private final TableTimes times;
  private final Lookups lookups;
  private final RowScales scales;

  /**
   * For a table.
   *
   * @param times when the rows of the sequences are, by the steps of the encoding
   */
  public TableEncoder(Encoding.Table encoding, TableTimes times) {
    this(encoding, times, Lookups.of(encoding));
  }

  /**
   * As the other.
   *
   * @param lookups the encoding's labels and categories to look up
   */
  public TableEncoder(Encoding.Table encoding, TableTimes times, Lookups lookups) {
    this(encoding, times, lookups, RowScales.same(encoding));
  }

  private TableEncoder(
      Encoding.Table encoding, TableTimes times, Lookups lookups, RowScales scales) {
    this.encoding = encoding;
    this.times = times;
    this.lookups = lookups;
    this.scales = scales;
  }

  /**
   * What encodes one sequence by its own scale, where that is asked for: by its steps that are
   * trained on, or, where it is not divided or none of them is, by all its rows; or each row by the
   * window that ends with it.
   *
   * @param length of the sequence as this encodes it
   * @param cuts where its parts begin
   */
  public TableEncoder ownScaled(RawSequence raw, int length, PartCuts cuts) {
    int trained = cuts.trainingTo();
    boolean isDivided = trained > 0 && trained < length;
    return ownScaled(raw, isDivided ? row(trained) : raw.length());
  }

  /** The same by all its rows. */
  public TableEncoder ownScaled(RawSequence raw) {
    return ownScaled(raw, raw.length());
  }

  private TableEncoder ownScaled(RawSequence raw, int rows) {
    return switch (encoding.scaleBy().kind()) {
      case TABLE -> this;
      case SEQUENCE -> new TableEncoder(OwnScale.of(encoding, raw, rows), times, lookups);
      case WINDOW -> new TableEncoder(encoding, times, lookups, RowScales.windows(encoding, raw));
    };
  }

  /** Whether each sequence is scaled by itself, or each of its rows. */
  public boolean scalesEach() {
    return !encoding.scaleBy().isTable();
  }

  /** Whether a sequence has one target, which belongs to no step of it. */
  boolean isOfLabelStrings() {
    return encoding.targetKind() == TargetKind.LABEL_STRING;
  }

  /** The scale of the targets of a sequence that this is for, as {@link RowScales} has it. */
  public double[] ownTargetScale() {
    return scales.ofTargets();
  }

  /** The targets of a sequence in original units. */
  public TargetSeries series(RawSequence raw) {
    return new TargetSeries(raw.numbers(), times.line(raw), ownTargetScale());
  }

  /** The sequences with their targets; the last steps, which have none, are dropped. */
  public List<Sequence> withTargets(List<RawSequence> sequences) {
    return sequences.stream().map(this::withTargets).toList();
  }

  /** A sequence without targets, to its last step. */
  public Sequence inputsOnly(RawSequence raw) {
    return inputs(raw, raw.length() - encoding.offset());
  }

  /**
   * What is known of the steps that follow a sequence, where a network goes on by itself: up to one
   * before the farthest that is answered, zeros in place of what is not known // (H−1, I).
   *
   * @throws DataException if a calendar is read and the times that follow are not known
   */
  public double[] laterInputs(RawSequence raw) {
    return new LaterFeatures(encoding, times, scales).of(raw);
  }

  /** A sequence to the last step that has a target, without the targets. */
  public Sequence withoutTargets(RawSequence raw) {
    return inputs(raw, lengthOf(raw));
  }

  private Sequence inputs(RawSequence raw, int steps) {
    Sequence numbers = Sequence.ofFeatures(raw.id(), features(raw, steps), steps);
    return lookups.side().addTo(numbers, raw, encoding.offset());
  }

  /** A sequence with its targets. */
  public Sequence withTargets(RawSequence raw) {
    Sequence inputs = withoutTargets(raw);
    int steps = inputs.length();
    Sequence targeted = targeted(inputs, raw, steps);
    return lookups.weights().addTo(targeted, raw, t -> nearest(raw, t));
  }

  /**
   * The same as a list of one, of which some steps can be had without the others: those of a long
   * sequence of numbers are encoded when they are asked for.
   */
  public SequenceList steps(RawSequence raw) {
    int steps = lengthOf(raw);
    return steps > MANY && isOfNumbersAlone()
        ? computed(raw, steps)
        : SequenceList.ofPlaces(withTargets(raw));
  }

  /** The steps of a sequence of numbers, each encoded when it is asked for. */
  ComputedSteps computed(RawSequence raw, int steps) {
    return new ComputedSteps(
        raw.id(),
        steps,
        new NumberFeatures(encoding, raw, scales).ofSteps(steps),
        new TargetValues(encoding, times, scales).ofSteps(raw, steps));
  }

  /** Whether a step is its inputs, its nearest target and nothing else, and none is filled in. */
  boolean isOfNumbersAlone() {
    return encoding.targetKind() == TargetKind.VALUE
        && encoding.scaleBy().isTable()
        && encoding.side().isEmpty()
        && encoding.side().future().isEmpty()
        && !encoding.side().weights().ofRows()
        && encoding.filling().isNone()
        && encoding.timeSteps().inputs().areNone()
        && encoding.horizon().outputs() == 1;
  }

  private Sequence targeted(Sequence inputs, RawSequence raw, int steps) {
    return switch (encoding.targetKind()) {
      case VALUE ->
          inputs.withTargets(new TargetValues(encoding, times, scales).values(raw, steps));
      case MULTILABEL ->
          inputs.withTargets(new TargetValues(encoding, times, scales).probabilities(raw, steps));
      case CLASS, ORDERED -> inputs.withClasses(classes(raw, steps));
      case LABEL_STRING -> requireFit(raw, inputs.withClasses(classes(raw, steps)));
    };
  }

  /** Refuses more labels than paths through the steps can have. */
  private static Sequence requireFit(RawSequence raw, Sequence sequence) {
    Window whole = Window.whole(sequence);
    int needed = LabelString.stepsNeeded(whole);
    if (needed > sequence.length()) {
      throw new DataException(
          "a label string needs a step for each label and one between equal neighbours, %d for %d labels"
              .formatted(needed, LabelString.length(whole)),
          Count.of(sequence.length(), "step"),
          raw.place(),
          "leave the sequence out, or bring it with more steps");
    }
    return sequence;
  }

  /** At least 1, as {@link Selection} leaves out what is shorter. */
  int lengthOf(RawSequence raw) {
    Horizon horizon = encoding.horizon();
    Timeline line = times.line(raw);
    int steps =
        IntStream.rangeClosed(horizon.first(), horizon.last())
                .map(line::rowsWithTarget)
                .max()
                .orElseThrow()
            - encoding.offset();
    return steps > 0 // only rows before the first step have targets; the steps are kept without
        ? steps
        : raw.length() - encoding.offset() - horizon.first();
  }

  /**
   * x_t, or x_{t+1} − x_t with differences, then what is known ahead, then indicators of what is
   * missing, then inputs of the time // (T, I).
   */
  private double[] features(RawSequence raw, int steps) {
    int width = encoding.features();
    double[] features = new double[steps * width];
    NumberFeatures numbers = new NumberFeatures(encoding, raw, scales);
    numbers.addTo(features, width);
    if (!encoding.side().future().isEmpty()) {
      numbers.addFutureTo(features, width, times.lineAhead(raw));
    }
    int indicators = encoding.numbers();
    encoding.filling().indicate(raw.inputs(), encoding.offset(), features, indicators, width);
    int ofColumns = indicators + encoding.filling().indicators().size();
    new TimeFeatures(encoding.timeSteps().inputs(), times)
        .addTo(features, ofColumns, width, raw, encoding.offset());
    return features;
  }

  /** The row that a step is of; with differences, the later of the two. */
  int row(int step) {
    return step + encoding.offset();
  }

  /** The row that holds the nearest target of a step; −1 if there is none at that time. */
  public int ahead(RawSequence raw, int step) {
    return times.line(raw).after(row(step), encoding.horizon().first());
  }

  /**
   * A sequence without the targets that a later part has.
   *
   * @param whole the sequence as it was encoded
   */
  public Sequence within(PartCuts cuts, RawSequence raw, Sequence whole) {
    return encoding.horizon().outputs() == 1
        ? whole
        : new TargetValues(encoding, times, scales).within(cuts, raw, whole);
  }

  /** As the other, of a list of one. */
  public SequenceList within(PartCuts cuts, RawSequence raw, SequenceList whole) {
    return encoding.horizon().outputs() == 1
        ? whole
        : SequenceList.ofPlaces(within(cuts, raw, whole.get(0)));
  }

  /** The row of the nearest target of a step that there is; −1 if it has none. */
  private int nearest(RawSequence raw, int step) {
    Horizon horizon = encoding.horizon();
    Timeline line = times.line(raw);
    return IntStream.rangeClosed(horizon.first(), horizon.last())
        .map(h -> line.after(row(step), h))
        .filter(row -> row >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** The same, if a label stands there: of a label string a row may have none. */
  public int labelAhead(RawSequence raw, int step) {
    int row = ahead(raw, step);
    return row >= 0 && raw.labels().get(row).isEmpty() ? -1 : row;
  }

  /** Class ids; a label that training did not see is no target. */
  private int[] classes(RawSequence raw, int steps) {
    int[] classes = new int[steps];
    for (int t = 0; t < steps; t++) {
      int row = ahead(raw, t);
      classes[t] =
          row < 0 ? Sequence.NO_CLASS : lookups.labels().orElseThrow().of(raw.labels().get(row));
    }
    return classes;
  }

  /** Numeric targets in original units, by sequence; absent unless targets are values. */
  public Optional<Forecast> forecast(List<RawSequence> sequences) {
    if (encoding.targetKind() != TargetKind.VALUE) {
      return Optional.empty();
    }
    Map<String, TargetSeries> series = new HashMap<>();
    for (RawSequence raw : sequences) {
      if (raw.numbers() != null) {
        series.put(raw.id(), series(raw));
      }
    }
    return Optional.of(new Forecast(encoding, series));
  }
}

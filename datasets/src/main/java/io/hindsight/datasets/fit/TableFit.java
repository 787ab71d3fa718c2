package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOutTally;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.fit.QuartileFit.Numbers;
import io.hindsight.datasets.fit.labels.LabelWeights;
import io.hindsight.datasets.quantile.QuartileSearch;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.NothingLeft;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeSteps;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Fits an encoding to the training part of a table, wherever its sequences are, and encodes it. */
public final class TableFit {
  private final TableSpec spec;
  private final Split split;
  private final long seed;
  private final TableData data;
  private final TimeInputs inputs;
  private final Consumer<String> warnings;
  private final int minLength;

  /**
   * A fit.
   *
   * @param split in place of that of {@code spec}
   * @param data on the grid of {@code inputs}, if that has one
   * @param inputs what is made of times, where an encoding is fitted
   * @param warnings takes what a user should know of the columns
   */
  public TableFit(
      TableSpec spec,
      Split split,
      long seed,
      TableData data,
      TimeInputs inputs,
      Consumer<String> warnings) {
    this.spec = spec;
    this.split = split;
    this.seed = seed;
    this.data = data;
    this.inputs = inputs;
    this.warnings = warnings;
    this.minLength = spec.minLength().orElse(0);
  }

  /**
   * Fits and encodes.
   *
   * @param source what the table is read from
   * @param store keeps what is encoded
   */
  public EncodedData fit(SourceSnapshot source, DataStore store) {
    Optional<Found> found = data.findStep();
    Encoding.Table unfitted = UnfittedEncoding.of(spec, data, steps(found));
    Training training = training(unfitted);
    return encode(
        weighted(fitted(unfitted, training), training), true, training, found, source, store);
  }

  /** The steps of the grid, or those that were found. */
  private TimeSteps steps(Optional<Found> found) {
    if (inputs.frequency().isEmpty()) {
      return new TimeSteps(TableData.common(found), true, inputs);
    }
    TimeSteps steps = new TimeSteps(inputs.frequency().map(TimeInputs::step), false, inputs);
    data.measureBy(steps);
    return steps;
  }

  /**
   * Encodes as the training data of a model was, in place of a fit: by its scaling, classes and
   * steps of time.
   *
   * @param kept the model's encoding
   * @param source what the table is read from
   * @param store keeps what is encoded
   */
  public EncodedData keep(Encoding.Table kept, SourceSnapshot source, DataStore store) {
    Optional<Found> found = data.findStep();
    data.measureBy(kept.timeSteps());
    Training training = training(UnfittedEncoding.of(kept));
    return encode(weighted(kept, training), false, training, found, source, store);
  }

  /** With the weights of classes that are asked for; they are never those of a model before. */
  private Encoding.Table weighted(Encoding.Table encoding, Training training) {
    TargetWeights asked = encoding.side().weights().withClassesOf(spec.names().side().weights());
    FitStatistics known = training.known();
    if (encoding.labels().isPresent()) {
      String place = data.source() + ", column " + encoding.targets().get(0);
      ClassWeights classes = new ClassWeights(asked, encoding.labels().get(), place);
      return encoding.with(encoding.side().with(classes.fit(known)));
    }
    if (encoding.targetKind() != TargetKind.MULTILABEL) {
      return encoding;
    }
    List<Scaling.Column> columns = encoding.targetScaling().orElseThrow().columns();
    List<String> names = columns.stream().map(Scaling.Column::name).toList();
    LabelWeights labels = new LabelWeights(asked, names, data.source());
    return encoding.with(encoding.side().with(labels.fit(known.positives())));
  }

  /**
   * What is known of the training part before it is encoded.
   *
   * @param leftOut sequences that take no part
   * @param of gathers it once more
   */
  private record Training(
      SplitRule rule, List<LeftOut> leftOut, FitStatistics known, FitStatistics.Of of) {}

  /**
   * Finds the training part. Bounds of a split by id are found as if all sequences took part, as
   * they mostly do; where some do not, the others are looked at once more.
   */
  private Training training(Encoding.Table unfitted) {
    SentEncoding sent = new SentEncoding(unfitted.withoutTimeInputs());
    SplitRule all = rule(List.of());
    FitStatistics first = data.gather(statistics(sent, all));
    List<LeftOut> leftOut = first.leftOut();
    requireTimesAhead(unfitted);
    String horizon = unfitted.timeSteps().horizon(unfitted.horizon().first());
    if (leftOut.size() == first.read()) {
      throw new NothingLeft(unfitted, minLength, horizon)
          .of(data.source(), LeftOutTally.of(leftOut));
    }
    boolean isOfAll = leftOut.isEmpty() || split.by() != Split.By.ID;
    SplitRule rule = isOfAll ? all : rule(leftOut);
    FitStatistics.Of training = statistics(sent, rule);
    FitStatistics known = isOfAll ? first : data.gather(training);
    requireSound(known, horizon);
    requireFarthest(known, unfitted);
    return new Training(rule, leftOut, known, training);
  }

  private EncodedData encode(
      Encoding.Table encoding,
      boolean fitted,
      Training training,
      Optional<Found> found,
      SourceSnapshot source,
      DataStore store) {
    ConstantColumns constant = new ConstantColumns(encoding);
    List<String> notes =
        Stream.of(
                constant.summary(),
                ConstantColumns.changed(constant.changedIn(data, minLength)),
                fitted
                    ? encoding.labels().flatMap(some -> classes().untrained(some, training.known()))
                    : Optional.<String>empty())
            .flatMap(Optional::stream)
            .toList();
    notes.forEach(warnings);
    Omissions omissions =
        Omissions.of(training.known().read(), training.leftOut())
            .with(training.known().changes())
            .with(training.known().boundaries());
    Optional<TimeStep> nearest =
        encoding.timeSteps().common().isPresent() ? Optional.empty() : nearest(found, training);
    TableEncoding.Start start =
        new TableEncoding.Start(training.rule(), nearest, omissions, training.known().bounds());
    return new TableEncoding(data, encoding, fitted, spec, split, notes)
        .encode(start, source, store);
  }

  /**
   * What is known of all sequences, as they are encoded before anything is fitted.
   *
   * @param of what gathers it, by that encoding
   */
  public <S extends Mergeable<S>> S gather(Function<SentEncoding, TableData.Gathering<S>> of) {
    Encoding.Table unfitted = UnfittedEncoding.of(spec, data, steps(data.findStep()));
    return data.gather(of.apply(new SentEncoding(unfitted.withoutTimeInputs())));
  }

  private SplitRule rule(List<LeftOut> without) {
    return split.by() == Split.By.ID
        ? Division.of(data, split, seed, without)
        : SplitRule.ofEach(split, spec.scope().zone());
  }

  private FitStatistics.Of statistics(SentEncoding sent, SplitRule rule) {
    return new FitStatistics.Of(sent, minLength, rule, spec.scope().zone());
  }

  private void requireSound(FitStatistics known, String horizon) {
    if (known.faulty().isPresent()) {
      throw data.located(known.faulty().get(), known.fault());
    }
    Splits.requireParts(known.parts(), split, true, Optional.of(known.bounds()), data.source());
    Splits.requireTargets(known.parts(), horizon, data.source());
  }

  /** Refuses a calendar of steps ahead whose times are not known. */
  private void requireTimesAhead(Encoding.Table unfitted) {
    boolean reads = !unfitted.timeSteps().inputs().calendar().isEmpty();
    boolean rows = unfitted.timeSteps().common().isEmpty();
    if (unfitted.horizon().isRecursive() && reads && rows) {
      throw new DataException(
          "with data.strategy: recursive and data.calendar the times that follow must be known",
          "rows that have no common step",
          data.source(),
          "give data.frequency, leave data.calendar out, or use strategy: direct");
    }
  }

  /** Refuses an output of several that no training step has a target for. */
  private void requireFarthest(FitStatistics known, Encoding.Table unfitted) {
    if (unfitted.horizon().outputs() > 1 && !known.reachesFarthest()) {
      String horizon = unfitted.timeSteps().horizon(unfitted.horizon().last());
      throw Splits.noTargets("the training part", horizon, data.source());
    }
  }

  /** The most common step of the sequences that take part. */
  private Optional<TimeStep> nearest(Optional<Found> found, Training training) {
    return training.leftOut().isEmpty()
        ? found.map(Found::step)
        : MostCommonStep.of(data, training.of().sent(), minLength);
  }

  /** The numbers and labels of the training part put into an encoding that has none yet. */
  private Encoding.Table fitted(Encoding.Table unfitted, Training training) {
    FitStatistics known = training.known();
    TrainingBounds none = new TrainingBounds(known);
    TrainingBounds bounds =
        none.areOpen() ? data.gather(new TrainingBounds.Of(training.of(), known)) : none;
    return new Encoding.Table(
        spec.names().inputs(),
        unfitted.targets(),
        unfitted.targetKind(),
        unfitted.horizon(),
        unfitted.difference(),
        unfitted.labelled(),
        fitted(unfitted.inputScaling(), Numbers.INPUTS, training, bounds),
        unfitted.targetScaling().map(scaling -> fitted(scaling, Numbers.TARGETS, training, bounds)),
        unfitted.labels().map(any -> classes().of(known)),
        new TimeSteps(unfitted.timeSteps().common(), known.differ(), unfitted.timeSteps().inputs()),
        new SideFit(data, training.of(), spec.names().side().rare())
            .fit(unfitted.side())
            .withFuture(spec.names().side().future()),
        known.missing().fit(unfitted.filling(), spec.names().inputs()),
        unfitted.scaleBy());
  }

  /** Not fitted, where each sequence is scaled by itself, or each row. */
  private Scaling fitted(
      Scaling unfitted, Numbers which, Training training, TrainingBounds bounds) {
    if (!training.of().sent().get().scaleBy().isTable()) {
      return unfitted;
    }
    FitStatistics known = training.known();
    QuartileSearch quartiles = QuartileFit.of(data, training.of(), which, unfitted);
    return which == Numbers.INPUTS
        ? unfitted.fit(known.inputs(), bounds.inputs(), quartiles)
        : unfitted.fit(known.targets(), bounds.targets(), quartiles);
  }

  private TrainingClasses classes() {
    String place = data.source() + ", column " + spec.names().targets().get(0);
    return new TrainingClasses(spec.target(), place);
  }
}

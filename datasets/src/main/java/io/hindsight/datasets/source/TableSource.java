package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.DataSpec.Scale;
import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.sequences.SequencePartitions;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.datasets.time.SpacingMeter;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeSteps;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sequences of a table, in long or nested layout, split by time or by id. */
final class TableSource implements SequenceSource {
  private static final Logger LOG = LoggerFactory.getLogger(TableSource.class);

  private final DataSpec.Table spec;
  private final Split split;
  private final long seed;
  private final TableReader reader;

  TableSource(DataSpec.Table spec, Split split, long seed, Reading reading) {
    this.spec = spec;
    this.split = split;
    this.seed = seed;
    this.reader = new TableReader(spec, reading);
  }

  @Override
  public EncodedData fit() {
    requireTargets(spec.targets(), spec.targetKind());
    RawTable table = reader.read(spec.inputs(), spec.targets(), spec.targetKind());
    requireMeaning(unfitted(table, TimeSteps.ROWS));
    TableTimes steps = TableTimes.find(table.sequences());
    Selection selection =
        Selection.toScore(table, unfitted(table, steps.steps()), steps, spec.minLength());
    TableTimes times = steps.only(selection.table().sequences());
    Encoding.Table unfitted = unfitted(selection.table(), steps.steps());
    EncodedData.Parts parts = parts(new TableEncoder(unfitted, times), selection);
    Splits.requireParts(PartTally.of(parts), split, true, table.source());
    Splits.requireTargets(PartTally.of(parts), times.horizon(spec.horizon()), table.source());
    RawTable kept = selection.table();
    Encoding.Table fitted = fitted(unfitted, kept, parts.training());
    new ConstantColumns(fitted).summary().ifPresent(LOG::warn);
    return encode(selection, times, fitted, true);
  }

  @Override
  public EncodedData apply(Encoding stored) {
    Encoding.Table encoding = table(stored);
    requireTargets(encoding.targets(), encoding.targetKind());
    RawTable table = reader.read(encoding.inputs(), encoding.targets(), encoding.targetKind());
    TableTimes steps = TableTimes.of(table.sequences(), encoding.timeSteps());
    requireFit(table.features(), table.targets(), table.labelled(), encoding);
    Selection selection = Selection.toScore(table, encoding, steps, spec.minLength());
    TableTimes times = steps.only(selection.table().sequences());
    return encode(selection, times, encoding, false);
  }

  @Override
  public Optional<PartitionedData> partitioned(Encoding stored) {
    Encoding.Table encoding = table(stored);
    requireTargets(encoding.targets(), encoding.targetKind());
    if (encoding.timeSteps().common().isEmpty()) {
      return Optional.empty(); // only all times together tell which distance is common
    }
    Optional<SequencePartitions> read =
        reader.partitions(encoding.inputs(), encoding.targets(), encoding.targetKind());
    return read.flatMap(sequences -> divided(sequences, encoding));
  }

  private Optional<PartitionedData> divided(SequencePartitions sequences, Encoding.Table encoding) {
    Optional<PartitionedData> data = Optional.empty();
    try {
      requireFit(sequences.features(), sequences.targets(), false, encoding);
      data = new TableDivision(sequences, encoding, spec, split, seed).divide();
      return data;
    } finally {
      if (data.isEmpty()) {
        sequences.close();
      }
    }
  }

  @Override
  public EncodedInputs inputs(Encoding stored) {
    Encoding.Table encoding = table(stored);
    RawTable read = reader.read(encoding.inputs(), present(encoding), encoding.targetKind());
    int minLength = spec.minLength().orElse(0);
    Selection selection = Selection.toAnswer(read, encoding, minLength);
    requireWidth("input", read.features().size(), encoding.features());
    InputEncoder encoder = new InputEncoder(encoding, minLength);
    SortedSet<String> changed = new TreeSet<>();
    List<EncodedInput> inputs =
        read.sequences().stream().map(raw -> encoder.apply(raw, changed::add)).toList();
    ConstantColumns.changed(List.copyOf(changed)).ifPresent(LOG::warn);
    return new EncodedInputs(inputs, selection.omissions());
  }

  /**
   * Target columns that are read with the inputs: the present value, where changes are answered.
   */
  private static List<String> present(Encoding.Table encoding) {
    return encoding.answersChanges() ? encoding.targets() : List.of();
  }

  @Override
  public Optional<PartitionedInputs> partitionedInputs(Encoding stored) {
    Encoding.Table encoding = table(stored);
    Optional<SequencePartitions> read =
        reader.partitions(encoding.inputs(), present(encoding), encoding.targetKind());
    return read.map(sequences -> encoded(sequences, encoding));
  }

  private PartitionedInputs encoded(SequencePartitions sequences, Encoding.Table encoding) {
    try {
      requireWidth("input", sequences.features().size(), encoding.features());
      InputEncoder encoder = new InputEncoder(encoding, spec.minLength().orElse(0));
      boolean mayFail =
          encoding.inputScaling().columns().stream().anyMatch(c -> c.scale() == Scale.LOG);
      return new PartitionedInputs(sequences, encoder, mayFail);
    } catch (RuntimeException | Error failure) {
      sequences.close();
      throw failure;
    }
  }

  /**
   * Encodes the sequences that take part.
   *
   * @param fitted whether the encoding was fitted to this table's own training part
   */
  private EncodedData encode(
      Selection selection, TableTimes times, Encoding.Table encoding, boolean fitted) {
    RawTable table = selection.table();
    TableEncoder encoder = new TableEncoder(encoding, times);
    EncodedData.Parts parts = parts(encoder, selection);
    new ConstantColumns(encoding).changed(table.sequences(), times).ifPresent(LOG::warn);
    Optional<Omissions.Unseen> unseen =
        encoding.labels().isEmpty()
            ? Optional.empty()
            : UnknownLabels.of(encoding, table, encoder, parts, fitted).check(spec.unknown());
    PartTally tally = PartTally.of(parts);
    unseen.ifPresent(some -> Splits.requireKnown(tally, table.source()));
    Splits.requireParts(tally, split, false, table.source());
    Splits.requireTargets(tally, times.horizon(encoding.horizon()), table.source());
    return new EncodedData(
        InputSpec.dense(encoding.features()),
        encoding.outputs(),
        parts,
        encoding,
        encoder.forecast(table.sequences()),
        SpacingMeter.of(table.sequences(), times, encoding.horizon()),
        selection.omissions().with(unseen));
  }

  private EncodedData.Parts parts(TableEncoder encoder, Selection selection) {
    List<Sequence> sequences = encoder.withTargets(selection.table().sequences());
    return split.by() == Split.By.TIME
        ? Splits.byTime(sequences, split)
        : Splits.byId(sequences, split, seed);
  }

  private Encoding.Table unfitted(RawTable table, TimeSteps timeSteps) {
    TargetKind kind = spec.targetKind();
    Scale targetScale = kind == TargetKind.VALUE ? spec.scale() : Scale.NONE;
    return new Encoding.Table(
        spec.inputs(),
        spec.targets(),
        kind,
        spec.horizon(),
        spec.difference(),
        table.labelled(),
        Scaling.unfitted(table.features(), spec.scale()),
        kind == TargetKind.CLASS
            ? Optional.empty()
            : Optional.of(Scaling.unfitted(table.targets(), targetScale)),
        kind == TargetKind.CLASS ? Optional.of(allLabels(table)) : Optional.empty(),
        timeSteps);
  }

  private static Labels allLabels(RawTable table) {
    TreeSet<String> labels = new TreeSet<>();
    table.sequences().stream()
        .map(RawSequence::labels)
        .filter(Objects::nonNull) // a sequence without values has none
        .forEach(labels::addAll);
    return Labels.of(labels);
  }

  /** The numbers and labels of the training part put into an encoding that has none yet. */
  private Encoding.Table fitted(Encoding.Table unfitted, RawTable table, List<Sequence> training) {
    List<RawSequence> raw = table.sequences();
    return new Encoding.Table(
        unfitted.inputs(),
        unfitted.targets(),
        unfitted.targetKind(),
        unfitted.horizon(),
        unfitted.difference(),
        unfitted.labelled(),
        unfitted.inputScaling().fit(Readings.inputs(unfitted, raw, training)),
        unfitted
            .targetScaling()
            .map(scaling -> scaling.fit(Readings.targets(unfitted, raw, training))),
        unfitted.labels().map(labels -> trainingLabels(labels, training)),
        unfitted.timeSteps());
  }

  private Labels trainingLabels(Labels all, List<Sequence> training) {
    TreeSet<String> seen = new TreeSet<>();
    for (Sequence sequence : training) {
      for (int t = 0; t < sequence.length(); t++) {
        if (sequence.isScored(t)) {
          seen.add(all.name(sequence.classes()[t]));
        }
      }
    }
    if (seen.size() < 2) {
      throw new DataException(
          "the training part must hold at least two classes",
          "only " + DataException.quote(seen.first()),
          reader.source() + ", column " + spec.targets().get(0),
          "name another column in data.targets, or bring more data");
    }
    return Labels.of(seen);
  }

  private void requireTargets(List<String> targets, TargetKind kind) {
    boolean classes = kind == TargetKind.CLASS;
    if (targets.isEmpty() || (classes && targets.size() > 1)) {
      throw new DataException(
          classes ? "a class is one target column" : "there must be a target column",
          targets.toString(),
          reader.source() + ", data.targets",
          "name " + (classes ? "one column" : "a column") + " in data.targets");
    }
  }

  private void requireMeaning(Encoding.Table encoding) {
    if (encoding.labelled() && encoding.horizon() > 0) {
      throw meaningless(
          "a label of a whole sequence has no horizon", "horizon", spec.horizon(), "0");
    }
    if (encoding.labelled() && split.by() == Split.By.TIME) {
      throw meaningless("labels of whole sequences are split by id", "split.by", "time", "id");
    }
    if (encoding.answersChanges() && encoding.horizon() == 0) {
      throw meaningless("a change needs a horizon of at least 1", "horizon", 0, "1 or more");
    }
  }

  private DataException meaningless(String rule, String key, Object value, String remedy) {
    return new DataException(
        rule,
        value.toString(),
        reader.source() + ", data." + key,
        "set data.%s: %s".formatted(key, remedy));
  }

  private Encoding.Table table(Encoding stored) {
    if (stored instanceof Encoding.Table encoding) {
      return encoding;
    }
    throw OtherKind.of("table " + reader.source(), stored);
  }

  /** A table without any value fits; that nothing is left of it is another error. */
  private void requireFit(
      List<String> features, List<String> targets, boolean labelled, Encoding.Table encoding) {
    if (features.isEmpty()) {
      return;
    }
    requireWidth("input", features.size(), encoding.features());
    encoding
        .targetScaling()
        .ifPresent(scaling -> requireWidth("target", targets.size(), scaling.size()));
    if (labelled != encoding.labelled()) {
      throw new DataException(
          "labels must be given as in the training data",
          labelled ? "one per sequence" : "one per step",
          reader.source() + ", columns " + encoding.targets(),
          "bring data of the same layout");
    }
  }

  private void requireWidth(String what, int actual, int expected) {
    if (actual != expected) {
      throw new DataException(
          "the model knows %d %s numbers per step".formatted(expected, what),
          actual + " in the data",
          reader.source(),
          "bring data with vectors of the same width");
    }
  }
}

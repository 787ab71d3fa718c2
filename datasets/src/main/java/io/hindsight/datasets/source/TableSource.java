package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.RowChanges;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.fit.HeldTable;
import io.hindsight.datasets.fit.SpreadTable;
import io.hindsight.datasets.fit.TableData;
import io.hindsight.datasets.fit.TableFit;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.origins.OriginSteps;
import io.hindsight.datasets.sequences.SequencePartitions;
import io.hindsight.datasets.side.CategoryTally;
import io.hindsight.datasets.side.FilledTally;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeInputs;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sequences of a table, in long or nested layout, split by time or by id. */
final class TableSource implements SequenceSource {
  private static final Logger LOG = LoggerFactory.getLogger(TableSource.class);

  private final TableSpec spec;
  private final Split split;
  private final long seed;
  private final TableReader reader;
  private final Reading reading;
  private final DataStore store;
  private final TableRules rules;

  /**
   * A table.
   *
   * @param store keeps what a fit encodes
   */
  TableSource(TableSpec spec, Split split, long seed, Reading reading, DataStore store) {
    this.reading = reading;
    this.store = store;
    this.spec = spec;
    this.split = split;
    this.seed = seed;
    this.reader = new TableReader(spec, reading);
    this.rules = new TableRules(spec, split, reader.source());
  }

  @Override
  public EncodedData fit() {
    rules.requireTargets(spec.names().targets(), spec.target().kind());
    TimePlan plan = TimePlan.of(spec);
    DataStore own = plan.holidays().isEmpty() ? store : store.madeBy(plan.holidays().toString());
    return reader.read(
        spec.columns().with(split),
        () -> found(own),
        here -> fit(new HeldTable(here, seed), plan, own),
        there -> fit(new SpreadTable(there, seed), plan, own));
  }

  private EncodedData fit(TableData data, TimePlan plan, DataStore own) {
    rules.requireMeaning(data.labelled());
    rules.requireString(data.labelled());
    return fitting(data, plan.inputs(data)).fit(reading.snapshot().orElseThrow(), own);
  }

  /** What the sequences tell of the origins of a backtest, which are splits by time or date. */
  OriginSteps origins(List<Split> origins) {
    rules.requireTargets(spec.names().targets(), spec.target().kind());
    TimePlan plan = TimePlan.of(spec);
    return reader.read(
        spec.columns(),
        Optional::empty,
        here -> origins(new HeldTable(here, seed), plan, origins),
        there -> origins(new SpreadTable(there, seed), plan, origins));
  }

  private OriginSteps origins(TableData data, TimePlan plan, List<Split> origins) {
    ZoneId zone = spec.scope().zone();
    ArrayList<SplitRule> rules = new ArrayList<>();
    origins.forEach(origin -> rules.add(SplitRule.ofEach(origin, zone)));
    return fitting(data, plan.inputs(data))
        .gather(sent -> new OriginSteps.Of(sent, spec.minLength().orElse(0), rules, zone));
  }

  private TableFit fitting(TableData data, TimeInputs inputs) {
    TableData onGrid = GridRows.of(inputs).map(data::on).orElse(data);
    return new TableFit(spec, split, seed, onGrid, inputs, LOG::warn);
  }

  @Override
  public EncodedData keep(Encoding stored) {
    Encoding.Table encoding = table(stored);
    rules.requireTargets(encoding.targets(), encoding.targetKind());
    DataStore own = store.keeping(encoding);
    return reader.read(
        encoding.columns().with(split),
        () -> found(own),
        here -> keep(new HeldTable(here, seed), encoding, own),
        there -> keep(new SpreadTable(there, seed), encoding, own));
  }

  private EncodedData keep(TableData data, Encoding.Table encoding, DataStore own) {
    rules.requireFit(data.features(), data.targets(), data.labelled(), encoding);
    rules.requireMeaning(data.labelled());
    rules.requireString(data.labelled());
    return fitting(data, encoding.timeSteps().inputs())
        .keep(encoding, reading.snapshot().orElseThrow(), own);
  }

  /** What an earlier run has made of the same source. */
  private Optional<EncodedData> found(DataStore store) {
    return store
        .shared()
        .flatMap(shared -> found(shared, store))
        .map(
            kept -> {
              kept.facts().notes().forEach(LOG::warn);
              return kept.data();
            });
  }

  private Optional<SharedStore.Kept> found(SharedStore shared, DataStore store) {
    try {
      return shared.find(reading.snapshot(), store.local());
    } catch (DataException | UncheckedIOException unusable) {
      if (store.always()) {
        throw unusable;
      }
      LOG.warn("encodes the data again: {}", unusable.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public EncodedData apply(Encoding stored) {
    Encoding.Table encoding = table(stored);
    rules.requireTargets(encoding.targets(), encoding.targetKind());
    RawTable table = onGrid(reader.read(encoding.columns().with(split)), encoding);
    TableTimes steps = TableTimes.of(table.sequences(), encoding.timeSteps());
    rules.requireFit(table.features(), table.targets(), table.labelled(), encoding);
    Selection selection = Selection.toScore(table, encoding, steps, spec.minLength());
    TableTimes times = steps.only(selection.table().sequences());
    return new HeldScoring(spec, split, seed, LOG::warn)
        .encode(selection, times, encoding, RowChanges.of(table.sequences()));
  }

  private static RawTable onGrid(RawTable table, Encoding.Table encoding) {
    return GridRows.of(encoding.timeSteps().inputs()).map(grid -> grid.apply(table)).orElse(table);
  }

  private static SequencePartitions onGrid(SequencePartitions read, Encoding.Table encoding) {
    return GridRows.of(encoding.timeSteps().inputs()).map(read::on).orElse(read);
  }

  @Override
  public Optional<PartitionedData> partitioned(Encoding stored) {
    Encoding.Table encoding = table(stored);
    rules.requireTargets(encoding.targets(), encoding.targetKind());
    if (encoding.timeSteps().common().isEmpty()) {
      return Optional.empty(); // only all times together tell which distance is common
    }
    Optional<SequencePartitions> read = reader.partitions(encoding.columns().with(split));
    return read.flatMap(sequences -> divided(sequences, encoding));
  }

  private Optional<PartitionedData> divided(SequencePartitions sequences, Encoding.Table encoding) {
    Optional<PartitionedData> data = Optional.empty();
    try {
      rules.requireFit(sequences.features(), sequences.targets(), false, encoding);
      SequencePartitions onGrid = onGrid(sequences, encoding);
      data = new TableDivision(onGrid, encoding, spec, split, seed).divide();
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
    RawTable read = onGrid(reader.read(SequenceInputs.columns(encoding)), encoding);
    rules.requireInputs(read.features(), encoding);
    InputEncoder encoder = new InputEncoder(encoding, spec.minLength().orElse(0));
    SortedSet<String> changed = new TreeSet<>();
    List<EncodedInput> inputs =
        read.sequences().stream().map(raw -> encoder.apply(raw, changed::add)).toList();
    ConstantColumns.changed(List.copyOf(changed)).ifPresent(LOG::warn);
    return new EncodedInputs(
        inputs,
        Omissions.of(inputs.size(), omitted(inputs))
            .with(RowChanges.of(read.sequences()))
            .with(CategoryTally.ofAll(encoding, read, inputs))
            .withFilled(FilledTally.ofAll(encoding, read.sequences(), inputs)));
  }

  private static List<LeftOut> omitted(List<EncodedInput> inputs) {
    return inputs.stream()
        .filter(Omitted.class::isInstance)
        .map(input -> ((Omitted) input).leftOut())
        .toList();
  }

  @Override
  public Optional<PartitionedInputs> partitionedInputs(Encoding stored) {
    Encoding.Table encoding = table(stored);
    Optional<SequencePartitions> read = reader.partitions(SequenceInputs.columns(encoding));
    return read.map(sequences -> encoded(sequences, encoding));
  }

  private PartitionedInputs encoded(SequencePartitions sequences, Encoding.Table encoding) {
    try {
      rules.requireInputs(sequences.features(), encoding);
      InputEncoder encoder = new InputEncoder(encoding, spec.minLength().orElse(0));
      boolean mayFail =
          encoding.inputScaling().columns().stream().anyMatch(c -> c.scale().isLogarithm())
              || !encoding.side().columns().statics().isEmpty()
              || !encoding.timeSteps().inputs().areNone();
      return new PartitionedInputs(onGrid(sequences, encoding), encoder, mayFail);
    } catch (RuntimeException | Error failure) {
      sequences.close();
      throw failure;
    }
  }

  private Encoding.Table table(Encoding stored) {
    if (stored instanceof Encoding.Table encoding) {
      return encoding;
    }
    throw OtherKind.of("table " + reader.source(), stored);
  }
}

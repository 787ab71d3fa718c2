package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.origins.OriginSteps;
import io.hindsight.datasets.progress.JobName;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import java.util.List;
import java.util.Optional;

/**
 * Reads the data that a configuration names and encodes it for a network.
 *
 * <p>Tables are read through the active Spark session; text and generators need no session.
 */
public final class DataReader {
  private DataReader() {}

  /**
   * Reads and encodes data to train on; vocabulary, labels and scaling are fitted to the training
   * part only.
   *
   * @param spec the data
   * @param seed of generated data and of splits by id
   * @param streams parallel streams that a text is cut into: the slots of a minibatch
   * @throws DataException naming rule, value, place and remedy
   */
  public static EncodedData fit(DataSpec spec, long seed, int streams) {
    return fit(spec, seed, streams, new Reading(), DataStore.onHeap());
  }

  /**
   * As {@link #fit(DataSpec, long, int)}.
   *
   * @param reading says which version to read, where there are several, and is told what was read
   * @param store keeps what is encoded of a table
   * @throws DataException naming rule, value, place and remedy; also of a file that has changed
   *     meanwhile
   */
  public static EncodedData fit(
      DataSpec spec, long seed, int streams, Reading reading, DataStore store) {
    try (JobName name = naming(spec)) {
      return source(spec, spec.split(), seed, streams, reading, store).fit();
    }
  }

  /**
   * As {@link #fit(DataSpec, long, int, Reading, DataStore)}, but encoded as the training data of a
   * model was, to train that model further: by its vocabulary, or its columns, target kind,
   * horizon, differences, labels, scaling and steps of time. A generated task has an encoding of
   * its own.
   *
   * @param stored the model's encoding
   * @throws DataException naming rule, value, place and remedy; also for unknown class labels or
   *     characters, unless {@code spec} has them skipped
   */
  public static EncodedData keep(
      DataSpec spec, Encoding stored, long seed, int streams, Reading reading, DataStore store) {
    try (JobName name = naming(spec)) {
      return source(spec, spec.split(), seed, streams, reading, store).keep(stored);
    }
  }

  /**
   * Reads data and encodes it as a model's training data was. Where to read and how to split is
   * taken from {@code spec}; columns, target kind, horizon and differences from {@code stored}.
   *
   * @throws DataException naming rule, value, place and remedy; also for unknown class labels or
   *     characters, unless {@code spec} has them skipped
   */
  public static EncodedData apply(DataSpec spec, Encoding stored, long seed, int streams) {
    try (JobName name = naming(spec)) {
      return source(spec, spec.split(), seed, streams).apply(stored);
    }
  }

  /**
   * As {@link #apply}, but everything is the test part: to judge a model on data it never saw.
   *
   * @throws DataException naming rule, value, place and remedy
   */
  public static EncodedData applyUnsplit(DataSpec spec, Encoding stored, long seed, int streams) {
    try (JobName name = naming(spec)) {
      return source(spec, everything(spec), seed, streams).apply(stored);
    }
  }

  /**
   * As {@link #apply}, but in the tasks of executors, and none of it on the driver.
   *
   * @param unsplit whether everything is the test part, as in {@link #applyUnsplit}
   * @return absent where data is brought to the driver: a small table, one whose rows hold whole
   *     sequences or whose times have no common step, texts and generated tasks
   * @throws DataException naming rule, value, place and remedy
   */
  public static Optional<PartitionedData> partitioned(
      DataSpec spec, Encoding stored, long seed, boolean unsplit) {
    try (JobName name = naming(spec)) {
      return source(spec, unsplit ? everything(spec) : spec.split(), seed, 1).partitioned(stored);
    }
  }

  /**
   * What the sequences of a table tell of the origins of a backtest, before any model is there.
   *
   * @param origins the split of each, by time or date
   * @throws DataException naming rule, value, place and remedy
   */
  public static OriginSteps origins(TableSpec spec, List<Split> origins, long seed) {
    try (JobName name = naming(spec)) {
      return new TableSource(spec, spec.split(), seed, new Reading(), DataStore.onHeap())
          .origins(origins);
    }
  }

  private static JobName naming(DataSpec spec) {
    return JobName.of("read " + place(spec));
  }

  private static String place(DataSpec spec) {
    if (spec instanceof TableSpec table) {
      return table.location().path().orElse(table.location().format());
    }
    return spec instanceof TextSpec text ? text.path() : "a generated task";
  }

  private static Split everything(DataSpec spec) {
    Split.By by = spec.split().by() == Split.By.ID ? Split.By.ID : Split.By.TIME;
    return new Split(by, 0, Integer.MAX_VALUE);
  }

  /**
   * Encodes everything as one part, to predict from: target columns are read only where changes of
   * them are answered, and the steps whose target lies beyond the end of the data are kept.
   *
   * @throws DataException naming rule, value, place and remedy
   */
  public static EncodedInputs inputs(DataSpec spec, Encoding stored, long seed) {
    try (JobName name = naming(spec)) {
      return source(spec, spec.split(), seed, 1).inputs(stored);
    }
  }

  /**
   * As {@link #inputs}, but in the tasks of executors, and none of it on the driver.
   *
   * @return absent where data is brought to the driver: a small table, one whose rows hold whole
   *     sequences, texts and generated tasks
   * @throws DataException naming rule, value, place and remedy
   */
  public static Optional<PartitionedInputs> partitionedInputs(
      DataSpec spec, Encoding stored, long seed) {
    try (JobName name = naming(spec)) {
      return source(spec, spec.split(), seed, 1).partitionedInputs(stored);
    }
  }

  private static SequenceSource source(DataSpec spec, Split split, long seed, int streams) {
    return source(spec, split, seed, streams, new Reading(), DataStore.onHeap());
  }

  private static SequenceSource source(
      DataSpec spec, Split split, long seed, int streams, Reading reading, DataStore store) {
    if (streams < 1) {
      throw new IllegalArgumentException("streams must be at least 1, but is " + streams);
    }
    if (spec instanceof TableSpec table) {
      return new TableSource(table, split, seed, reading, store);
    }
    if (spec instanceof TextSpec text) {
      return new TextSource(text, split, streams, reading);
    }
    return new GeneratedSource((GeneratorSpec) spec, split, seed);
  }
}

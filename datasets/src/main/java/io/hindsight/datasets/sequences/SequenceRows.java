package io.hindsight.datasets.sequences;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.progress.ReadProgress;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.ColumnWidths;
import io.hindsight.datasets.rows.Findings;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.steps.MergedRuns;
import io.hindsight.datasets.rows.steps.StepReader;
import io.hindsight.datasets.rows.steps.StepRuns;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a table brought together by sequence: read and checked in parallel, shuffled by the
 * hash of the id and sorted within the shuffle, in Spark's own form of rows. By their content, not
 * by their position: a task that is repeated sends each row where it was sent before.
 */
final class SequenceRows {
  private static final Logger LOG = LoggerFactory.getLogger(SequenceRows.class);

  /**
   * Formats whose bytes Spark counts; of Parquet and ORC it counts little more than the footers.
   */
  private static final Set<String> COUNTED = Set.of("csv", "json", "text", "xml");

  /** The order of rows that {@link StepReader} made, by sequence and time. */
  static final Comparator<Row> BY_ID_AND_TIME =
      Comparator.comparing(StepReader::id, IdOrder.UTF_8)
          .thenComparing(StepReader::key)
          .thenComparing(StepReader::comparePlaces);

  private final Dataset<Row> rows;
  private final RowLayout layout;
  private final int partitions;
  private final Collected<RowFindings> rowFindings;
  private final Collected<SequenceFindings> sequenceFindings;
  private final ReadCounts counts;

  /**
   * For one reading of a table.
   *
   * @param rows as the layout has them
   * @param partitions to bring sequences together in; 0 leaves it to Spark
   */
  SequenceRows(Dataset<Row> rows, RowLayout layout, int partitions) {
    this.rows = rows;
    this.partitions = partitions;
    this.layout = layout;
    SparkContext spark = rows.sparkSession().sparkContext();
    int columns = layout.inputs().size() + layout.numbers().size();
    rowFindings = Collected.of(spark, () -> new RowFindings(columns));
    sequenceFindings = Collected.of(spark, SequenceFindings::new);
    counts = ReadCounts.of(spark);
  }

  /** Tells how far the reading is, until it is closed. */
  ReadProgress watch() {
    SparkContext spark = rows.sparkSession().sparkContext();
    ReadProgress watch = ReadProgress.watch(spark, layout.source(), counts, LOG::info);
    return COUNTED.contains(layout.format()) ? watch : watch.withoutBytes();
  }

  /**
   * The sequences in pieces, all of a sequence in one partition and in order of time; in an order
   * that follows from their ids, unless rows hold whole sequences.
   */
  Dataset<byte[]> pieces() {
    if (layout.nested()) {
      return rows.mapPartitions(new NestedReader(layout, rowFindings, counts), Encoders.BINARY());
    }
    SequenceReader reader = sequenceReader();
    MapPartitionsFunction<Row, byte[]> read = sorted -> reader.call(new MergedRuns(sorted));
    return StepReader.sort(byId(runs())).mapPartitions(read, Encoders.BINARY());
  }

  private Dataset<Row> byId(Dataset<Row> runs) {
    Column id = runs.col(StepReader.ID);
    return partitions == 0 ? runs.repartition(id) : runs.repartition(partitions, id);
  }

  /** The same of a small table with a row per step, brought together here without a shuffle. */
  Iterator<byte[]> piecesOfFewSteps() {
    List<Row> steps = steps().collectAsList();
    return sequenceReader().call(steps.stream().sorted(BY_ID_AND_TIME).iterator());
  }

  private Dataset<Row> steps() {
    return rows.mapPartitions(stepReader(), Encoders.row(StepReader.schema(layout)));
  }

  private Dataset<Row> runs() {
    return rows.mapPartitions(new StepRuns(stepReader()), Encoders.row(StepRuns.schema(layout)));
  }

  private StepReader stepReader() {
    return new StepReader(layout, rowFindings, counts);
  }

  private SequenceReader sequenceReader() {
    return new SequenceReader(layout, sequenceFindings, counts);
  }

  /** Collects what tasks find in the sequences. */
  <F extends Findings<F>> Collected<F> collect(Collected.None<F> none) {
    return Collected.of(rows.sparkSession().sparkContext(), none);
  }

  /**
   * Refuses the first sequence, in the order of ids, in which tasks have found a fault.
   *
   * @param source what those that cannot be encoded name as their file, which tasks do not know
   */
  void requireNone(SequenceFindings found, String source) {
    found.requireNone(source, layout, search());
  }

  /** Where rows stand. */
  RowSearch search() {
    return new RowSearch(rows, layout);
  }

  /**
   * Refuses the first fault of a table all of whose pieces were read: the same, however its rows
   * were divided.
   */
  void requireSound() {
    rowFindings.value().requireNone(layout);
    requireNone(sequenceFindings.value(), layout.source());
  }

  /** Names and types of the columns that are kept. */
  KeptTypes kept() {
    return layout.kept();
  }

  /** Names of the input features of a table whose pieces were read. */
  List<String> features() {
    return ColumnWidths.names(layout.inputs(), 0, rowFindings.value());
  }

  /** Names of the target numbers, in the same way; of the label column for classes. */
  List<String> targets() {
    return layout.label().isPresent()
        ? layout.targets()
        : ColumnWidths.names(layout.numbers(), layout.inputs().size(), rowFindings.value());
  }
}

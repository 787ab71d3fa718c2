package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.files.FileNames;
import io.hindsight.datasets.files.FullDisk;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.Profiled;
import io.hindsight.datasets.progress.JobName;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.rows.profile.RowProfiler;
import io.hindsight.datasets.sequences.SequencePartitions;
import io.hindsight.datasets.sequences.TableSequences;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.time.TimeSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a table of any Spark SQL source through the active session. Executors read and check the
 * rows and bring them together by sequence; there they stay, or come to the driver, whose memory
 * they must fit.
 */
public final class TableReader {
  static final String TABLE = "table";
  private static final Set<String> LINES = Set.of("csv", "json");

  private final TableSpec spec;
  private final String source;
  private final Reading reading;

  /**
   * For the table that a configuration names.
   *
   * @param reading is told what it was read from
   */
  public TableReader(TableSpec spec, Reading reading) {
    this.spec = spec;
    this.reading = reading;
    this.source =
        spec.location().path().orElse("source " + DataException.quote(spec.location().format()));
  }

  /** The table, for errors. */
  public String source() {
    return source;
  }

  /**
   * What a table would be read from now; no row of it is read.
   *
   * @throws DataException if it cannot be read
   */
  public SourceSnapshot snapshot() {
    return reading(FoundTable::snapshot);
  }

  /**
   * The names of all columns of a table.
   *
   * @throws DataException if it cannot be read
   */
  public List<String> columns() {
    return reading(
        found -> {
          List<String> names = new ArrayList<>(List.of(found.rows().columns()));
          names.remove(TableColumns.MALFORMED);
          return names;
        });
  }

  /**
   * Reads the sequences of a table.
   *
   * @param columns to read
   */
  public RawTable read(ReadColumns columns) {
    return reading(
        found -> {
          OpenTable table = open(found.rows(), columns);
          return sequences(table, found);
        });
  }

  /**
   * Reads the sequences of a table and makes something of them where they are.
   *
   * @param columns to read
   * @param known looks whether that was made before, once it is known what would be read
   * @param here takes the sequences of a small table, and of one whose rows hold whole sequences
   * @param there takes those of any other, which are with the executors as long as it runs
   */
  public <T> T read(
      ReadColumns columns,
      Supplier<Optional<T>> known,
      Function<RawTable, T> here,
      Function<SequencePartitions, T> there) {
    Supplier<T> made =
        reading(
            found -> {
              Optional<T> before = known.get();
              if (before.isPresent()) {
                return before::get;
              }
              OpenTable table = open(found.rows(), columns);
              if (table.layout().nested() || found.isSmall()) {
                RawTable read = sequences(table, found);
                return () -> here.apply(read);
              }
              try (SequencePartitions sequences = partitions(table, found)) {
                T result = there.apply(sequences);
                return () -> result;
              }
            });
    return made.get();
  }

  private static RawTable sequences(OpenTable table, FoundTable found) {
    return TableSequences.read(table.rows(), table.layout(), found.partitions(), found.isSmall());
  }

  private static SequencePartitions partitions(OpenTable table, FoundTable found) {
    return SequencePartitions.of(table.rows(), table.layout(), found.partitions());
  }

  /**
   * The sequences of a table where its rows are brought together, without bringing them here.
   *
   * @return absent where a row holds a whole sequence, and for small tables, unless columns of them
   *     are kept
   */
  public Optional<SequencePartitions> partitions(ReadColumns columns) {
    return reading(
        found -> {
          OpenTable table = open(found.rows(), columns);
          boolean brought = found.isSmall() && spec.names().kept().isEmpty();
          return table.layout().nested() || brought
              ? Optional.empty()
              : Optional.of(partitions(table, found));
        });
  }

  /**
   * Types of the columns that stand beside what is made of the rows.
   *
   * @param columns to read beside them
   */
  public KeptTypes keptTypes(ReadColumns columns) {
    return reading(found -> open(found.rows(), columns.withTargets(List.of())).layout().kept());
  }

  /**
   * What is kept of the rows of each sequence, brought here: the table is read once more.
   *
   * @param columns to read beside them
   * @param steps how the model reads times: steps that are put in have nothing that is kept
   */
  public KeptRows kept(ReadColumns columns, TimeSteps steps) {
    return reading(
        found -> {
          OpenTable table = open(found.rows(), columns.withTargets(List.of()));
          RawTable read =
              TableSequences.read(
                  table.rows(), table.layout(), found.partitions(), found.isSmall());
          RawTable onGrid = GridRows.of(steps.inputs()).map(grid -> grid.apply(read)).orElse(read);
          return KeptRows.of(source, table.layout().kept(), onGrid.sequences());
        });
  }

  /**
   * Profiles the rows of a table in two passes, without refusing any.
   *
   * @param reference whose edges values are counted by, too
   * @param newest how many of the newest times are kept, at least 1
   * @throws DataException if a column is missing, or the table cannot be read
   */
  public Profiled profile(Optional<DataProfile> reference, int newest) {
    try (JobName name = JobName.of("profile " + source)) {
      return reading(
          found -> {
            OpenTable table = open(found.rows(), spec.columns());
            return RowProfiler.of(table.rows(), table.layout(), reference, newest);
          });
    }
  }

  private <T> T reading(Function<FoundTable, T> work) {
    try {
      FullDisk.announce(SparkSession.active().sparkContext());
      TableVersions versions = new TableVersions(SparkSession.active(), spec, source);
      FoundTable found = versions.open(reading, this::open);
      return reading.of(found.snapshot(), () -> work.apply(found));
    } catch (DataException e) {
      throw e;
    } catch (Exception e) {
      throw TableVersions.missing(reading.snapshot(), e)
          .orElseGet(() -> SparkErrors.translate(e, spec, source));
    }
  }

  private OpenTable open(Dataset<Row> table, ReadColumns read) {
    if (table.schema().isEmpty()) {
      throw Errors.emptyDataSet(source);
    }
    if (List.of(table.columns()).equals(List.of(TableColumns.MALFORMED))) {
      throw new DataException(
          "a source must hold " + spec.location().format(),
          "no well-formed line",
          source,
          "correct data.format or data.path");
    }
    return OpenTable.of(table, spec, source, read);
  }

  private Dataset<Row> open() {
    SparkSession session = SparkSession.active();
    if (spec.location().format().equals(TABLE)) {
      return session.table(spec.location().path().orElse(""));
    }
    spec.location().path().ifPresent(this::requireReadable);
    return LINES.contains(spec.location().format())
        ? withMalformedLines(session)
        : load(reader(session));
  }

  /** Checks what Spark would leave out or read as garbage without a word. */
  private void requireReadable(String path) {
    FileNames.requireReadable(path);
    if (LINES.contains(spec.location().format())) {
      TableEncodings.require(spec.location().format(), path, spec.location().options());
    }
  }

  /** Spark drops surplus fields and fills missing ones silently unless it has a column for them. */
  private Dataset<Row> withMalformedLines(SparkSession session) {
    StructType schema =
        FirstLine.columns(session, reader(session), spec.location())
            .orElseGet(() -> load(reader(session)).schema());
    if (schema.isEmpty() || Arrays.asList(schema.fieldNames()).contains(TableColumns.MALFORMED)) {
      return load(reader(session));
    }
    return load(reader(session).schema(schema.add(TableColumns.MALFORMED, DataTypes.StringType)));
  }

  private DataFrameReader reader(SparkSession session) {
    DataFrameReader reader =
        session.read().format(spec.location().format()).options(spec.location().options());
    if (LINES.contains(spec.location().format())) {
      reader.option("columnNameOfCorruptRecord", TableColumns.MALFORMED);
    }
    return checksHeader() ? reader.option("enforceSchema", false) : reader;
  }

  private Dataset<Row> load(DataFrameReader reader) {
    return spec.location().path().isPresent()
        ? reader.load(spec.location().path().get())
        : reader.load();
  }

  /** Without it Spark reads columns by position, whatever the header of a further file says. */
  private boolean checksHeader() {
    return spec.location().format().equals("csv")
        && spec.location().options().keySet().stream()
            .noneMatch(key -> key.toLowerCase(Locale.ROOT).equals("enforceschema"));
  }
}

package io.hindsight.driver.spark.stream;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.FrameRows;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.ml.AnswerFields;
import io.hindsight.driver.spark.ml.Form;
import io.hindsight.driver.spark.ml.SentModel;
import io.hindsight.driver.spark.ml.Vectors;
import io.hindsight.driver.stateful.CausalModels;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag$;

/**
 * Answers the rows of a stream, each a step of a sequence, by a trained model. What the model
 * remembers of a sequence is state of the streaming query, so it is in the query's checkpoint, and
 * goes on where the query does.
 *
 * <pre>{@code
 * Dataset<Row> answers = SequenceStream.open("models/sales").answer(rows);
 * answers.writeStream().format("parquet").option("checkpointLocation", …).start(folder);
 * }</pre>
 *
 * <p>A row keeps its columns and gets those of {@link io.hindsight.driver.spark.ml.SequenceModel},
 * with the bits that this gives the row where the sequence ends with it. The rows of a trigger are
 * taken in the order of their times. One whose time is not after the newest of its sequence is
 * late: it is left out and counted.
 *
 * <p>With a registry, a trigger is answered by the version that was champion as it began, also
 * where it is repeated. A sequence begins anew with another version: from nothing, or, with {@link
 * #setReplay}, from its last rows.
 */
public final class SequenceStream {
  /**
   * The metrics that {@code StreamingQueryProgress.observedMetrics} has, unless named otherwise.
   */
  public static final String METRICS = "hindsight";

  private static final String WHOLE = "__hindsight_row";
  private static final String LATE = "__hindsight_late";
  private static final Duration TAKE_UP_AFTER = Duration.ofSeconds(10);

  private final String place;
  private final ModelBundle bundle;
  private Optional<String> sequence = Optional.empty();
  private Optional<String> time = Optional.empty();
  private String prediction = "prediction";
  private String probability = "probability";
  private String reason = "reason";
  private Optional<String> version = Optional.empty();
  private int replay;
  private boolean keepsLate;
  private Optional<Duration> timeout = Optional.empty();
  private Duration takeUpAfter = TAKE_UP_AFTER;
  private String metrics = METRICS;

  private SequenceStream(String place, ModelBundle bundle) {
    this.place = place;
    this.bundle = bundle;
  }

  /**
   * A model that answers rows of streams.
   *
   * @param place a run's {@code model/}, or a registry, which means its champion at each trigger
   * @throws io.hindsight.driver.model.ModelException if it cannot be used
   * @throws io.hindsight.datasets.DataException if it answers no table
   * @throws ConfigException if its answers depend on rows behind them
   */
  public static SequenceStream open(String place) {
    String absolute =
        Storage.isLocal(place)
            ? LocalStorage.path(place).toAbsolutePath().normalize().toString()
            : place;
    ModelBundle bundle = ModelBundle.load(absolute, Optional.empty(), Optional.empty(), List.of());
    CausalModels.require(TablePredictions.answering(bundle), place);
    return new SequenceStream(absolute, bundle);
  }

  /** The column that tells sequences apart; else that of {@code data.sequence}. */
  public SequenceStream setSequenceCol(String name) {
    sequence = Optional.of(name);
    return this;
  }

  /** The column that orders the rows of a sequence; else that of {@code data.time}. */
  public SequenceStream setTimeCol(String name) {
    time = Optional.of(name);
    return this;
  }

  /** The column of the answers; else {@code prediction}. */
  public SequenceStream setPredictionCol(String name) {
    prediction = name;
    return this;
  }

  /** The column of the probability of the class that is answered; else {@code probability}. */
  public SequenceStream setProbabilityCol(String name) {
    probability = name;
    return this;
  }

  /** The column that tells why there is no answer; else {@code reason}. */
  public SequenceStream setReasonCol(String name) {
    reason = name;
    return this;
  }

  /**
   * A column that tells which model has answered: the id of the version in a registry, else the
   * SHA-256 of the weights; without this there is none.
   */
  public SequenceStream setVersionCol(String name) {
    version = Optional.of(name);
    return this;
  }

  /**
   * Has another version begin a sequence with its last rows, which are kept for that.
   *
   * @param rows 0, the default, lets it begin from nothing
   */
  public SequenceStream setReplay(int rows) {
    if (rows < 0) {
      throw ConfigException.of("setReplay", "must be 0 or more, but is %d".formatted(rows));
    }
    replay = rows;
    return this;
  }

  /** Whether late rows are kept, without an answer and with a reason; else they are left out. */
  public SequenceStream setKeepLate(boolean keep) {
    keepsLate = keep;
    return this;
  }

  /**
   * Forgets a sequence of which no row has come for so long; the next begins it anew. Without this
   * all are remembered for ever.
   */
  public SequenceStream setTimeout(Duration silence) {
    timeout = Optional.of(requirePositive("setTimeout", silence));
    return this;
  }

  /**
   * How long before a trigger a version must have become the champion to answer it, 10 seconds
   * unless set: at least as much as the clocks of the machines differ.
   */
  public SequenceStream setTakeUpAfter(Duration delay) {
    if (delay.isNegative()) {
      throw ConfigException.of("setTakeUpAfter", "must be 0 or more, but is " + delay);
    }
    takeUpAfter = delay;
    return this;
  }

  /** The name of the metrics, of which each answered stream of a query needs its own. */
  public SequenceStream setMetrics(String name) {
    metrics = name;
    return this;
  }

  private static Duration requirePositive(String setter, Duration given) {
    if (given.toMillis() < 1) {
      throw ConfigException.of(setter, "must be at least a millisecond, but is " + given);
    }
    return given;
  }

  /**
   * The rows with their answers. Nothing is computed before a query with it starts; its output mode
   * is append.
   *
   * @param rows of a stream, each a step of a sequence
   * @throws ConfigException if they are no stream, or rows of whole sequences
   * @throws io.hindsight.datasets.DataException if a column that the model reads is missing, or not
   *     what it must be
   */
  public Dataset<Row> answer(Dataset<Row> rows) {
    Form form = form(rows);
    AnsweringModel model = TablePredictions.answering(bundle);
    AnswerFields fields = AnswerFields.of(model, false, true, names());
    StructType type = type(rows.schema(), fields);
    FrameRows read = FrameRows.of(whole(rows), form.spec(), form.read(), WHOLE);
    RowFollower follower =
        new RowFollower(
            models(rows, model, form, fields),
            read.layout(),
            new FollowedRows(fields, version.isPresent()),
            timeout());
    Dataset<Row> answered =
        read.rows()
            .groupByKey(new IdOfRow(read.layout()), Encoders.STRING())
            .flatMapGroupsWithState(
                follower,
                OutputMode.Append(),
                Encoders.BINARY(),
                Encoders.row(type.add(LATE, DataTypes.BooleanType, false)),
                timeout.isPresent()
                    ? GroupStateTimeout.ProcessingTimeTimeout()
                    : GroupStateTimeout.NoTimeout());
    return withoutMark(counted(answered), type);
  }

  private Form form(Dataset<Row> rows) {
    if (!rows.isStreaming()) {
      throw ConfigException.of(
          "answer", "the rows must be those of a stream; answer a data set with SequenceModel");
    }
    Form form =
        Form.of(
            (TableSpec) bundle.config().data(),
            (Encoding.Table) bundle.encoding(),
            Vectors.readable(rows.schema()),
            sequence,
            time);
    if (form.nested()) {
      throw ConfigException.of(
          "answer",
          "rows that hold whole sequences need no state; answer them with SequenceModel, which takes streams of such rows");
    }
    return form;
  }

  private AnswerFields.Names names() {
    return new AnswerFields.Names(prediction, probability, reason);
  }

  private long timeout() {
    return timeout.map(Duration::toMillis).orElse(0L);
  }

  private StructType type(StructType schema, AnswerFields fields) {
    StructType type = fields.behind(schema);
    if (version.isEmpty()) {
      return type;
    }
    String name = version.get();
    if (Arrays.stream(type.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
      throw ConfigException.of(
          name, "there is a column of this name already; name another with setVersionCol");
    }
    return type.add(name, DataTypes.StringType, true);
  }

  private Models models(Dataset<Row> rows, AnsweringModel model, Form form, AnswerFields fields) {
    int minLength = form.spec().minLength().orElse(0);
    if (bundle.version().isEmpty()) {
      SparkContext context = rows.sparkSession().sparkContext();
      return new OneModel(
          context.broadcast(
              new SentModel(model), ClassTag$.MODULE$.<SentModel>apply(SentModel.class)),
          bundle.stored().weightsSha256(),
          minLength,
          replay);
    }
    TreeMap<String, String> hadoop =
        Storage.isLocal(place) ? new TreeMap<>() : HadoopSettings.changed();
    Champions champions = new Champions(place, hadoop, takeUpAfter.toMillis());
    return new ChampionModels(
        champions,
        bundle.version().get(),
        Vectors.readable(rows.schema()),
        sequence.orElse(null),
        time.orElse(null),
        form.reading(),
        names(),
        fields,
        replay);
  }

  /** The columns as they can be read, and each row as it is. */
  private static Dataset<Row> whole(Dataset<Row> rows) {
    Column[] own =
        Arrays.stream(rows.columns())
            .map(name -> Vectors.column(rows, name))
            .toArray(Column[]::new);
    List<Column> columns = new ArrayList<>(Vectors.readable(rows));
    columns.add(functions.struct(own).as(WHOLE));
    return rows.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> counted(Dataset<Row> answered) {
    Column late = functions.col(LATE);
    Column none = Vectors.column(answered, reason).isNotNull();
    return answered.observe(
        metrics,
        functions.count(functions.lit(1)).as("rows"),
        functions.count(functions.when(late, 1)).as("late"),
        functions.count(functions.when(functions.not(late).and(none), 1)).as("unanswered"));
  }

  private Dataset<Row> withoutMark(Dataset<Row> answered, StructType type) {
    Dataset<Row> wanted =
        keepsLate ? answered : answered.filter(functions.not(functions.col(LATE)));
    List<Column> columns = new ArrayList<>();
    for (StructField field : type.fields()) {
      columns.add(Vectors.column(wanted, field.name()).as(field.name(), field.metadata()));
    }
    return wanted.select(columns.toArray(Column[]::new));
  }
}

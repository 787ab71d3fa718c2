package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag$;

/**
 * A trained model as a stage of Spark's pipelines. It answers any data set that has the columns
 * that it reads: one row per sequence with arrays in them, also of a stream, or one row per step.
 * Each row keeps its columns and gets those of the answers, with the same bits as {@code predict}
 * writes.
 *
 * <p>Where rows are sequences, a model that answers every step gives arrays as long as the
 * sequence, one that answers several horizons arrays with an element for each, and any other one
 * value. Where rows are steps, each has the answer of its step.
 */
public final class SequenceModel extends Model<SequenceModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ModelColumns columns;
  private transient ModelBundle bundle; // null before it is loaded
  private transient Broadcast<SentModel> sent; // null before the first data set
  private transient String sentBy; // the application that has it

  /**
   * A stage without a model, which {@link #load} fills.
   *
   * @param uid names the stage in a pipeline
   */
  public SequenceModel(String uid) {
    this.uid = uid;
    columns = new ModelColumns(this);
    setDefault(columns.prediction, ModelColumns.PREDICTION);
    setDefault(columns.probability, ModelColumns.PROBABILITY);
    setDefault(columns.reason, ModelColumns.REASON);
  }

  SequenceModel(String uid, ModelBundle bundle) {
    this(uid);
    this.bundle = bundle;
    TablePredictions.answering(bundle); // refuses a model that answers no table
  }

  /**
   * A model that Hindsight has trained.
   *
   * @param place a run's {@code model/}, or a registry, which means its champion now
   * @throws io.hindsight.driver.model.ModelException if it cannot be used
   * @throws io.hindsight.datasets.DataException if it answers no table
   */
  public static SequenceModel open(String place) {
    return opened(place, Optional.empty());
  }

  /** As the other, of a version of a registry. */
  public static SequenceModel open(String registry, String version) {
    return opened(registry, Optional.of(version));
  }

  private static SequenceModel opened(String place, Optional<String> version) {
    return new SequenceModel(
        newUid(), ModelBundle.load(place, version, Optional.empty(), List.of()));
  }

  static String newUid() {
    return "sequenceModel_" + UUID.randomUUID().toString().substring(24);
  }

  /** A stage that was written. */
  public static SequenceModel load(String path) {
    return read().load(path);
  }

  /** Reads a stage that was written. */
  public static MLReader<SequenceModel> read() {
    return new StageFiles.Reader();
  }

  @Override
  public MLWriter write() {
    return new StageFiles.Writer(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  ModelBundle bundle() {
    if (bundle == null) {
      throw new IllegalStateException(
          "this stage has no model; make it with SequenceModel.open or SequenceModel.load");
    }
    return bundle;
  }

  void setBundle(ModelBundle loaded) {
    bundle = loaded;
  }

  /** The hash of the weights, as {@code train} prints it. */
  public String weightsSha256() {
    return bundle().stored().weightsSha256();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> data = dataset.toDF();
    Form form = form(data.schema());
    AnsweringModel model = TablePredictions.answering(bundle());
    int minLength = form.spec().minLength().orElse(0);
    return new AnsweredData(model, sent(data.sparkSession().sparkContext()), minLength)
        .of(data, form, fields(form));
  }

  synchronized Broadcast<SentModel> sent(SparkContext context) {
    if (!context.applicationId().equals(sentBy)) {
      SentModel message = new SentModel(TablePredictions.answering(bundle()));
      sent = context.broadcast(message, ClassTag$.MODULE$.<SentModel>apply(SentModel.class));
      sentBy = context.applicationId();
    }
    return sent;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return fields(form(schema)).behind(schema);
  }

  Form form(StructType schema) {
    return Form.of(
        (TableSpec) bundle().config().data(),
        (Encoding.Table) bundle().encoding(),
        Vectors.readable(schema),
        ScalaValues.optional(get(columns.sequence)),
        ScalaValues.optional(get(columns.time)));
  }

  AnswerFields fields(Form form) {
    boolean hasTimes = !form.spec().names().time().isEmpty();
    AnswerFields.Names names =
        new AnswerFields.Names(
            getOrDefault(columns.prediction),
            getOrDefault(columns.probability),
            getOrDefault(columns.reason));
    return AnswerFields.of(TablePredictions.answering(bundle()), form.nested(), hasTimes, names);
  }

  @Override
  public SequenceModel copy(ParamMap extra) {
    SequenceModel copy = new SequenceModel(uid);
    copy.bundle = bundle;
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  /** The column of the answers. */
  public Param<String> predictionCol() {
    return columns.prediction;
  }

  /** The column of the probability of the class that is answered. */
  public Param<String> probabilityCol() {
    return columns.probability;
  }

  /** The column that tells why there is no answer. */
  public Param<String> reasonCol() {
    return columns.reason;
  }

  /** The column that tells sequences apart. */
  public Param<String> sequenceCol() {
    return columns.sequence;
  }

  /** The column that orders the steps of a sequence. */
  public Param<String> timeCol() {
    return columns.time;
  }

  /** Sets {@link #predictionCol}. */
  public SequenceModel setPredictionCol(String name) {
    set(columns.prediction, name);
    return this;
  }

  /** Sets {@link #probabilityCol}. */
  public SequenceModel setProbabilityCol(String name) {
    set(columns.probability, name);
    return this;
  }

  /** Sets {@link #reasonCol}. */
  public SequenceModel setReasonCol(String name) {
    set(columns.reason, name);
    return this;
  }

  /** Sets {@link #sequenceCol}. */
  public SequenceModel setSequenceCol(String name) {
    set(columns.sequence, name);
    return this;
  }

  /** Sets {@link #timeCol}. */
  public SequenceModel setTimeCol(String name) {
    set(columns.time, name);
    return this;
  }
}

package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.FrameRows;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Training as a stage of Spark's pipelines. A configuration says what is trained, as for {@code
 * train}; the data set stands in the place of {@code data.path}, with a row per step, or a row per
 * sequence. The weights are those of {@code train} for the same keys and rows, to the last bit.
 */
public final class SequenceEstimator extends Estimator<SequenceModel> implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String PLACE = "dataset"; // of the data set, before it is a view

  private final String uid;
  private final ModelColumns columns;
  private final FittedColumns fitted;
  private final Param<String> config;
  private final StringArrayParam settings;
  private final Param<String> runDirectory;

  /** A stage with a new name. */
  public SequenceEstimator() {
    this("sequenceEstimator_" + UUID.randomUUID().toString().substring(24));
  }

  /**
   * A stage.
   *
   * @param uid names it in a pipeline
   */
  public SequenceEstimator(String uid) {
    this.uid = uid;
    columns = new ModelColumns(this);
    fitted = new FittedColumns(this);
    config =
        new Param<>(this, "config", "the configuration: YAML, or the path of a file that holds it");
    settings =
        new StringArrayParam(
            this, "settings", "changes of the configuration, section.key=value each, as of --set");
    runDirectory =
        new Param<>(
            this,
            "runDirectory",
            "where the run leaves its results, not one that holds a run; else it leaves none");
    setDefault(columns.prediction, ModelColumns.PREDICTION);
    setDefault(columns.probability, ModelColumns.PROBABILITY);
    setDefault(columns.reason, ModelColumns.REASON);
    setDefault(settings, new String[0]);
  }

  /** A stage that was written. */
  public static SequenceEstimator load(String path) {
    return read().load(path);
  }

  /** Reads a stage that was written. */
  public static MLReader<SequenceEstimator> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Writes the stage.
   *
   * @throws ConfigException if a secret would be written
   */
  @Override
  public MLWriter write() {
    given().ifPresent(GivenConfig::refuseSecrets);
    return new DefaultParamsWriter(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Trains.
   *
   * @throws ConfigException with every problem of the configuration
   * @throws io.hindsight.datasets.DataException if the data cannot be trained on
   */
  @Override
  public SequenceModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SequenceModel model =
        new SequenceModel(
            SequenceModel.newUid(),
            Fit.of(dataset.toDF(), this::config, ScalaValues.optional(get(runDirectory))));
    copyValues(model, ParamMap.empty());
    model.setParent(this);
    return model;
  }

  private Optional<GivenConfig> given() {
    List<String> changes = new ArrayList<>(fitted.changes(this, columns));
    changes.addAll(Arrays.asList(getOrDefault(settings)));
    return ScalaValues.optional(get(config)).map(text -> new GivenConfig(text, changes));
  }

  /** The configuration of a run on a view. */
  private RunConfig config(String view) {
    return given()
        .orElseThrow(
            () ->
                ConfigException.of(
                    "config", "there is no configuration; set its YAML, or the path of a file"))
        .on(view);
  }

  /**
   * The columns that the model will answer with, as far as the configuration tells; the model's own
   * schema also has {@code target_time}, and one column for each element of targets that are
   * vectors.
   */
  @Override
  public StructType transformSchema(StructType schema) {
    RunConfig run = config(PLACE);
    TableSpec table = (TableSpec) run.data();
    StructType readable = Vectors.readable(schema);
    FrameRows.check(readable, table, table.columns());
    AnswerFields.Names names =
        new AnswerFields.Names(
            getOrDefault(columns.prediction),
            getOrDefault(columns.probability),
            getOrDefault(columns.reason));
    return PlannedAnswers.of(run, readable, names).behind(schema);
  }

  @Override
  public SequenceEstimator copy(ParamMap extra) {
    return copyValues(new SequenceEstimator(uid), extra);
  }

  /** The configuration: YAML, or the path of a file. */
  public Param<String> config() {
    return config;
  }

  /** Changes of the configuration, {@code section.key=value} each. */
  public StringArrayParam settings() {
    return settings;
  }

  /** Where the run leaves its results. */
  public Param<String> runDirectory() {
    return runDirectory;
  }

  /** The column of the inputs. */
  public Param<String> featuresCol() {
    return fitted.features;
  }

  /** The column that is predicted. */
  public Param<String> labelCol() {
    return fitted.label;
  }

  /** The column of weights of the targets. */
  public Param<String> weightCol() {
    return fitted.weight;
  }

  /** The column that is true in rows of the validation part. */
  public Param<String> validationIndicatorCol() {
    return fitted.validation;
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

  /** Sets {@link #config}. */
  public SequenceEstimator setConfig(String yamlOrPath) {
    set(config, yamlOrPath);
    return this;
  }

  /** Sets {@link #config} to one that was made in Java. */
  public SequenceEstimator setConfig(RunConfig made) {
    return setConfig(ResolvedConfig.toYaml(made));
  }

  /** Sets {@link #settings}. */
  public SequenceEstimator setSettings(String... changes) {
    set(settings, changes.clone());
    return this;
  }

  /**
   * Adds one to {@link #settings}.
   *
   * @param key such as {@code training.epochs}
   * @param value as YAML has it
   */
  public SequenceEstimator setKey(String key, String value) {
    List<String> changes = new ArrayList<>(Arrays.asList(getOrDefault(settings)));
    changes.add(key + "=" + value);
    return setSettings(changes.toArray(String[]::new));
  }

  /** Sets {@link #runDirectory}. */
  public SequenceEstimator setRunDirectory(String location) {
    set(runDirectory, location);
    return this;
  }

  /** Sets {@link #featuresCol}. */
  public SequenceEstimator setFeaturesCol(String name) {
    set(fitted.features, name);
    return this;
  }

  /** Sets {@link #labelCol}. */
  public SequenceEstimator setLabelCol(String name) {
    set(fitted.label, name);
    return this;
  }

  /** Sets {@link #weightCol}. */
  public SequenceEstimator setWeightCol(String name) {
    set(fitted.weight, name);
    return this;
  }

  /** Sets {@link #validationIndicatorCol}. */
  public SequenceEstimator setValidationIndicatorCol(String name) {
    set(fitted.validation, name);
    return this;
  }

  /** Sets {@link #predictionCol}. */
  public SequenceEstimator setPredictionCol(String name) {
    set(columns.prediction, name);
    return this;
  }

  /** Sets {@link #probabilityCol}. */
  public SequenceEstimator setProbabilityCol(String name) {
    set(columns.probability, name);
    return this;
  }

  /** Sets {@link #reasonCol}. */
  public SequenceEstimator setReasonCol(String name) {
    set(columns.reason, name);
    return this;
  }

  /** Sets {@link #sequenceCol}. */
  public SequenceEstimator setSequenceCol(String name) {
    set(columns.sequence, name);
    return this;
  }

  /** Sets {@link #timeCol}. */
  public SequenceEstimator setTimeCol(String name) {
    set(columns.time, name);
    return this;
  }
}

package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.progress.JobName;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.sequences.MappedPartitions;
import io.hindsight.datasets.table.KeptRows;
import io.hindsight.datasets.table.SparkErrors;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.KeptColumn;
import io.hindsight.driver.answer.KeptInput;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.WrittenRows;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.spark.ClusterCores;
import io.hindsight.driver.spark.codec.ModelMessage;
import io.hindsight.driver.spark.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import scala.reflect.ClassTag$;

/**
 * Has the tasks of a Spark job answer sequences, and Spark's own writer write the rows. Each row
 * depends on its sequence and the model alone, so a task may be repeated, and tasks may be as many
 * as one likes.
 */
public final class AnswerWriter implements AutoCloseable {
  private static final Set<String> BUILT_IN = Set.of("csv", "jdbc", "json", "orc", "parquet");

  private final Sessions sessions;
  private final TableOutput output;
  private final ArrayList<KeptColumn> kept;
  private final AnsweringModel model;
  private final String version;
  private final AnswerSchema schema;
  private final Destination destination;

  private AnswerWriter(
      Sessions sessions,
      TableOutput output,
      List<KeptColumn> kept,
      AnsweringModel model,
      String version) {
    this.sessions = sessions;
    this.output = output;
    this.kept = new ArrayList<>(kept);
    this.model = model;
    this.version = version;
    schema =
        new AnswerSchema(
            kept,
            AnswerColumns.of(model.encoding(), model.network().output(), model.choice()),
            version,
            KeptTypes.NONE);
    requireColumns();
    requireSource();
    destination = Destination.open(output, sessions, schema.names());
  }

  /**
   * Prepares an output, before anything is read or computed for it.
   *
   * @param version of the model, which stands in every row
   * @throws ConfigException if it cannot be written so
   * @throws DataException if something is there that must not be
   */
  public static AnswerWriter open(
      Sessions sessions,
      TableOutput output,
      List<KeptColumn> kept,
      AnsweringModel model,
      String version) {
    return new AnswerWriter(sessions, output, kept, model, version);
  }

  private void requireColumns() {
    List<String> columns = schema.names();
    for (String wanted : output.partitionBy()) {
      if (columns.stream().noneMatch(wanted::equalsIgnoreCase)) {
        throw ConfigException.of(
            "--partition-by " + wanted,
            "there is no such column among %s; %s"
                .formatted(
                    String.join(", ", columns),
                    Errors.nearest(wanted, columns)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("name one of them")));
      }
    }
  }

  /** Spark looks a source up by its name before it needs to know anything else. */
  private void requireSource() {
    if (output.format().equals(TableOutput.TABLE)) {
      return;
    }
    if (output.option("path").isPresent()) {
      throw ConfigException.of(
          "--option path", "the place is not told by an option; name it with --output");
    }
    if (BUILT_IN.contains(output.format().toLowerCase(Locale.ROOT))) {
      return;
    }
    try {
      sessions.session().read().format(output.format()).load();
    } catch (Exception e) {
      if (SparkErrors.isUnknownSource(e)) {
        throw WriteErrors.unknownFormat(output, e);
      }
    }
  }

  /** Answers sequences that the driver has read, in the order of their ids. */
  public WrittenRows write(List<EncodedInput> inputs, KeptRows kept) {
    SparkContext context = sessions.context();
    List<KeptInput> each =
        inputs.stream().map(input -> new KeptInput(input, kept.of(input.id()))).toList();
    try (InputSlices slices = InputSlices.of(context, each, ClusterCores.of(context))) {
      return write(slices.inputs(), kept.types());
    }
  }

  /** Answers sequences where they are. */
  public WrittenRows write(MappedPartitions<EncodedInput> inputs) {
    return write(inputs.rdd(KeptInput::new), inputs.kept());
  }

  /**
   * Answers sequences where they are, a task per partition.
   *
   * @param types of the kept columns in the data
   * @return what was written
   * @throws ConfigException if Spark refuses to write
   * @throws io.hindsight.driver.engine.EngineException if the cluster failed
   */
  WrittenRows write(JavaRDD<KeptInput> inputs, KeptTypes types) {
    SparkContext context = sessions.context();
    Broadcast<ModelMessage> message =
        context.broadcast(
            new ModelMessage(model), ClassTag$.MODULE$.<ModelMessage>apply(ModelMessage.class));
    RowCounts counts = new RowCounts(context);
    try (JobName name = JobName.of(context, "predict to " + output.name())) {
      KeptTypes written = isCsv() ? types.asText() : types;
      JavaRDD<Row> rows =
          inputs.mapPartitions(new AnswerRows(message, kept, version, written, counts));
      destination.write(writer(rows, schema.typed(written)));
      destination.finish(counts.partitions());
      return new WrittenRows(counts.rows(), counts.unanswered());
    } catch (Exception failure) { // Scala declares no checked exceptions
      throw WriteErrors.translate(failure, output);
    } finally {
      if (!context.isStopped()) {
        message.destroy();
      }
    }
  }

  /** Spark would give times a form of its own there. */
  private boolean isCsv() {
    return output.format().equalsIgnoreCase("csv");
  }

  private DataFrameWriter<Row> writer(JavaRDD<Row> rows, AnswerSchema schema) {
    SparkSession session = sessions.session();
    Dataset<Row> answers = session.createDataset(rows.rdd(), Encoders.row(schema.type()));
    DataFrameWriter<Row> writer = schema.complete(answers).write();
    if (!output.format().equals(TableOutput.TABLE)) {
      writer = writer.format(output.format());
    }
    if (isCsv() && output.option("header").isEmpty()) {
      writer = writer.option("header", true); // columns without names are of little use
    }
    writer = withoutDictionaries(writer, schema).options(output.options());
    return output.partitionBy().isEmpty()
        ? writer
        : writer.partitionBy(output.partitionBy().toArray(String[]::new));
  }

  /** Parquet would look for numbers that come again, which answers hardly do. */
  private DataFrameWriter<Row> withoutDictionaries(
      DataFrameWriter<Row> writer, AnswerSchema schema) {
    if (output.format().equalsIgnoreCase("parquet")) {
      for (StructField column : schema.type().fields()) {
        if (column.dataType().equals(DataTypes.DoubleType)) {
          writer.option("parquet.enable.dictionary#" + column.name(), false);
        }
      }
    }
    return writer;
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    destination.close();
  }
}

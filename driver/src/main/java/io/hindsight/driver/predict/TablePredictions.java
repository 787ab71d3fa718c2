package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.source.PartitionedInputs;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.KeptRows;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.Answers;
import io.hindsight.driver.answer.KeptBeside;
import io.hindsight.driver.answer.KeptColumns;
import io.hindsight.driver.answer.KeptInput;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.WrittenRows;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.spark.predict.AnswerWriter;
import io.hindsight.driver.spark.session.Sessions;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of a stored model to new data, as rows of a table. */
public final class TablePredictions {
  private static final Logger LOG = LoggerFactory.getLogger(TablePredictions.class);

  /** Of the weights' hash: enough to tell models apart, and little beside each row. */
  private static final int VERSION_DIGITS = 12;

  /** Sources of Spark that write no lists. */
  private static final List<String> FLAT = List.of("csv", "text", "jdbc");

  private TablePredictions() {}

  /**
   * Predicts for every step, or for every sequence where the model answers at the last step.
   *
   * <p>A row holds {@code sequence} and {@code time} (of the newest value that was read; the answer
   * is for {@code horizon} steps later), and per target the predicted value, or the class and its
   * probability, or the labels' probabilities; {@code target_time}, where the steps of the horizon
   * are known in time; and last {@code reason}, which is empty. A sequence that cannot be answered
   * to has one row, whose answer is empty and whose reason tells why.
   *
   * @param model loaded with the new data's path
   * @param output a path or URI that ends in {@code .csv} or {@code .jsonl}; must not exist
   * @return rows and sequences without an answer
   * @throws DataException if the data cannot be read or encoded, or the output exists; nothing is
   *     left at the output then
   */
  public static WrittenRows run(ModelBundle model, String output) {
    return run(model, output, Optional.empty());
  }

  /**
   * As {@link #run(ModelBundle, String)}, with other columns of the data behind the time.
   *
   * @param keep their names; absent for none
   */
  public static WrittenRows run(ModelBundle given, String output, Optional<List<String>> keep) {
    Encoding.Table encoding = encoding(given);
    KeptColumns asked = KeptColumns.of(data(given), keep);
    new AnswerFile(answering(given), asked.asked()); // refuses wrong names before Spark is started
    PredictionWriter.requireNew(output);
    try (Sessions session = Sessions.forRun(given.config())) {
      ModelBundle model = given.pinned();
      KeptColumns kept = known(asked, data(model));
      AnswerFile file = new AnswerFile(answering(model), kept.asked());
      HeldInputs inputs = HeldInputs.read(model, data(model), encoding, kept);
      try (PredictionWriter writer = PredictionWriter.open(output)) {
        long rows = write(answering(model), inputs, file, writer);
        writer.finish();
        return new WrittenRows(rows, inputs.encoded().omissions().leftOut().size());
      }
    }
  }

  private static long write(
      AnsweringModel model, HeldInputs inputs, AnswerFile file, PredictionWriter writer) {
    EncodedInputs encoded = inputs.encoded();
    Iterator<KeptInput> each =
        encoded.each().stream()
            .map(input -> new KeptInput(input, inputs.kept().of(input.id())))
            .iterator();
    KeptBeside beside = new KeptBeside(each);
    Answers answers = new Answers(model, beside);
    long rows = 0;
    for (; answers.hasNext(); rows++) {
      Answer answer = answers.next();
      writer.write(file.row(answer, beside.of(answer), encoded.hasTargetTimes()));
    }
    return rows;
  }

  /** The table is looked into only where a name may be one of its columns, or one of ours. */
  private static KeptColumns known(KeptColumns asked, TableSpec data) {
    return asked.isAmbiguous()
        ? asked.among(new TableReader(data, new Reading()).columns())
        : asked;
  }

  /**
   * Predicts in the tasks of a Spark job, and has Spark write the rows.
   *
   * <p>A row holds the kept columns of the data, {@code step}, {@code prediction} or {@code
   * prediction_<target>} for each of several targets, {@code probability} of a class, {@code
   * target_time} where the steps of the horizon are known in time, {@code model_version} (the first
   * digits of the weights' SHA-256) and {@code reason}, which is null where there is an answer.
   *
   * @param given loaded with the new data's path
   * @return rows and sequences without an answer
   * @throws DataException if the data cannot be read or encoded, or the output exists
   * @throws io.hindsight.driver.config.ConfigException if the output cannot be written so
   */
  public static WrittenRows run(ModelBundle given, TableOutput output) {
    encoding(given); // refuses a model that answers no table
    KeptColumns asked = KeptColumns.of(data(given), output.keep());
    OutputPlace.requireApart(given.location(), data(given), output);
    requireLists(given, output);
    String version = given.stored().weightsSha256().substring(0, VERSION_DIGITS);
    try (Sessions session = Sessions.forRun(given.config())) {
      ModelBundle model = given.pinned();
      KeptColumns kept = known(asked, data(model));
      try (AnswerWriter writer =
          AnswerWriter.open(session, output, kept.all(), answering(model), version)) {
        return write(model, kept, writer);
      }
    }
  }

  /** Samples are lists, which not every source of Spark can write. */
  private static void requireLists(ModelBundle given, TableOutput output) {
    boolean isFlat = FLAT.contains(output.format().toLowerCase(Locale.ROOT));
    if (isFlat && answering(given).choice().samples().isPresent()) {
      throw ConfigException.of(
          "--format " + output.format(),
          "samples are lists, which this format has none of; use parquet, orc, avro or json, or leave --format out, which writes them with blanks between");
    }
  }

  private static WrittenRows write(ModelBundle model, KeptColumns kept, AnswerWriter writer) {
    Encoding.Table encoding = encoding(model);
    TableSpec data = data(model);
    Optional<PartitionedInputs> inputs =
        DataReader.partitionedInputs(data.keeping(kept.others()), encoding, model.config().seed());
    if (inputs.isPresent()) {
      return write(inputs.get(), writer);
    }
    HeldInputs held = HeldInputs.read(model, data, encoding, kept);
    return writer.write(
        held.encoded().each(),
        kept.others().isEmpty()
            ? KeptRows.none(new TableReader(data, new Reading()).keptTypes(encoding.columns()))
            : held.kept());
  }

  private static WrittenRows write(PartitionedInputs partitioned, AnswerWriter writer) {
    try (PartitionedInputs inputs = partitioned) {
      WrittenRows written = writer.write(inputs.partitions());
      inputs.note().ifPresent(LOG::warn);
      return written;
    }
  }

  private static Encoding.Table encoding(ModelBundle model) {
    model.requireMargins();
    if (model.encoding() instanceof Encoding.Table table) {
      return table;
    }
    throw new DataException(
        "only a model of a table predicts",
        model.kindOfData(),
        model.location(),
        "use sample for text, evaluate for generated tasks");
  }

  private static TableSpec data(ModelBundle model) {
    if (model.config().data() instanceof TableSpec table) {
      return table;
    }
    throw new DataException(
        "new data must be a table, as the training data was",
        "another kind",
        "data.format",
        "leave data.format as it was, or name a source of tables");
  }

  /**
   * All of a model that its answers need.
   *
   * @throws DataException if it answers no table
   * @throws ConfigException if the margins of its intervals are not known
   */
  public static AnsweringModel answering(ModelBundle model) {
    return new AnsweringModel(
        model.parameters(), encoding(model), model.config().training().bptt(), model.choice());
  }
}

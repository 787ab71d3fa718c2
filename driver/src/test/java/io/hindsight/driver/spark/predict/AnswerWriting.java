package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.table.KeptRows;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.AnswerSamples;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.KeptColumn;
import io.hindsight.driver.answer.KeptColumn.Kind;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.answer.WrittenRows;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A session that writes answers of small models, and reads them back. */
abstract class AnswerWriting {
  static final List<KeptColumn> KEPT =
      List.of(new KeptColumn("shop", Kind.ID, 0), new KeptColumn("day", Kind.TIME, 0));

  static final List<EncodedInput> INPUTS = AnswerSamples.inputs(43);
  static final AnsweringModel CHANGES = AnswerSamples.changes(BpttConfig.DEFAULT);
  static final AnsweringModel CLASSES = AnswerSamples.classes(AnswerSamples.CUT);

  @TempDir private static Path warehouse;
  static TestSession session;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    session =
        TestSession.forTables(
            Map.of(
                "spark.sql.warehouse.dir",
                warehouse.toString(),
                "spark.sql.shuffle.partitions",
                "1"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static SparkSession sql() {
    return session.sessions().session();
  }

  TableOutput output(String format) {
    return TableOutput.of(format, folder.resolve("out").toString());
  }

  static TableOutput with(TableOutput base, Mode mode, String... partitionBy) {
    return new TableOutput(
        base.format(),
        base.location(),
        mode,
        List.of(partitionBy),
        base.options(),
        Optional.empty());
  }

  static WrittenRows write(TableOutput output, AnsweringModel model) {
    return write(output, model, INPUTS);
  }

  static WrittenRows write(TableOutput output, AnsweringModel model, List<EncodedInput> inputs) {
    try (AnswerWriter writer = AnswerWriter.open(session.found(), output, KEPT, model, "v1")) {
      return writer.write(inputs, KeptRows.NONE);
    }
  }

  Dataset<Row> read(String format) {
    return sql()
        .read()
        .format(format)
        .option("header", "true")
        .option("inferSchema", "true")
        .load(folder.resolve("out").toString());
  }

  static List<Row> sorted(Dataset<Row> rows) {
    return rows.orderBy("shop", "step").collectAsList();
  }

  static List<String> names(Path in) throws IOException {
    try (Stream<Path> all = Files.list(in)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  static List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.get(i));
    }
    return cells;
  }

  static List<List<Object>> expected(AnsweringModel model) {
    AnswerSchema schema =
        new AnswerSchema(KEPT, AnswerColumns.of(model.encoding()), "v1", KeptTypes.NONE);
    int version = schema.names().indexOf("model_version");
    return AnswerSamples.answers(model, INPUTS).stream()
        .map(answer -> cells(schema.row(answer)))
        .peek(cells -> cells.add(version, "v1"))
        .toList();
  }
}

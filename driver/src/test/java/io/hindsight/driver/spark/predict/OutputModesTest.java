package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.AnswerSamples;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.run.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OutputModesTest extends AnswerWriting {
  @Test
  void shouldDivideTheRowsIntoFoldersByAColumn() throws IOException {
    write(with(output("parquet"), Mode.ERROR, "prediction"), CLASSES);

    List<String> names = names(folder.resolve("out"));
    assertTrue(names.contains("prediction=blue"), names.toString());
    assertTrue(names.contains("prediction=__HIVE_DEFAULT_PARTITION__"), "rows without an answer");
    assertEquals(expected(CLASSES).size(), read("parquet").count());
  }

  @Test
  void shouldRefuseAnOutputThatExistsAndLeaveItAsItIs() throws IOException {
    write(output("parquet"), CHANGES);
    List<String> before = names(folder.resolve("out"));
    DataException refused =
        assertThrows(DataException.class, () -> write(output("parquet"), CHANGES));

    assertTrue(refused.getMessage().contains(folder.resolve("out").toString()));
    assertTrue(refused.getMessage().contains("--mode append"), refused.getMessage());
    assertEquals(before, names(folder.resolve("out")));
    assertEquals(List.of("out"), names(folder));
  }

  @Test
  void shouldAddRows() {
    TableOutput adding = with(output("parquet"), Mode.APPEND);
    long rows = write(adding, CHANGES).rows();
    write(adding, CHANGES);

    assertEquals(2 * rows, read("parquet").count());
  }

  @Test
  void shouldReplaceAnOldFolderOrFileAsAWhole() throws IOException {
    write(output("parquet"), CHANGES);
    write(with(output("csv"), Mode.OVERWRITE), CLASSES);
    assertEquals(expected(CLASSES).size(), read("csv").count());
    assertTrue(names(folder.resolve("out")).stream().noneMatch(name -> name.contains("parquet")));

    TestRuns.delete(folder.resolve("out"));
    Files.writeString(folder.resolve("out"), "a file");
    write(with(output("json"), Mode.OVERWRITE), CLASSES);
    assertEquals(expected(CLASSES).size(), read("json").count());
    assertEquals(List.of("out"), names(folder));
  }

  @Test
  void shouldReplaceSinglePartitionsWhereThatIsAskedFor() {
    write(with(output("parquet"), Mode.ERROR, "shop"), CLASSES, INPUTS.subList(0, 6));
    long before = read("parquet").count();
    TableOutput some =
        new TableOutput(
            "parquet",
            output("parquet").location(),
            Mode.OVERWRITE,
            List.of("shop"),
            Map.of("partitionOverwriteMode", "dynamic"),
            Optional.empty());
    write(some, CLASSES, INPUTS.subList(0, 3));

    assertEquals(before, read("parquet").count());
  }

  @Test
  void shouldWriteTablesOfTheCatalog() {
    TableOutput table = TableOutput.of("table", "answers");
    long rows = write(table, CHANGES).rows();
    assertEquals(
        expected(CHANGES),
        sorted(sql().table("answers")).stream().map(AnswerWriting::cells).toList());
    assertThrows(DataException.class, () -> write(table, CHANGES));
    write(with(table, Mode.APPEND), CHANGES);
    assertEquals(2 * rows, sql().table("answers").count());
    write(with(table, Mode.OVERWRITE), CLASSES);
    assertEquals(expected(CLASSES).size(), sql().table("answers").count());
  }

  @Test
  void shouldRefuseATableThatWouldEndWithTheCommand() {
    TableOutput table = TableOutput.of("table", "gone");
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> AnswerWriter.open(session.sessions(), table, KEPT, CHANGES, "v1"));
    assertTrue(refused.getMessage().contains("in memory"), refused.getMessage());
  }

  @Test
  void shouldLeaveNothingWhereATaskFails() throws IOException {
    List<EncodedInput> wrong = new ArrayList<>(INPUTS);
    wrong.add(AnswerSamples.tooWide("zz"));

    assertThrows(RuntimeException.class, () -> write(output("parquet"), CHANGES, wrong));
    assertEquals(List.of(), names(folder));
  }

  @Test
  void shouldRefuseWhatCannotBeWrittenBeforeAnythingIs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a file");
    assertConfig("--format parket: Spark knows no such source", output("parket"));
    assertConfig("--format avro: Spark knows no such source", output("avro"));
    assertConfig("--output " + file + "/out: it cannot be written", at(file + "/out"));
    assertConfig("--output nowhere://x/out: it cannot be written", at("nowhere://x/out"));
    assertConfig(
        "--partition-by shopp: there is no such column",
        with(output("parquet"), Mode.ERROR, "shopp"));
    assertConfig("did you mean shop?", with(output("parquet"), Mode.ERROR, "shopp"));
    assertConfig(
        "--format parquet: files need a folder",
        new TableOutput(
            "parquet", Optional.empty(), Mode.ERROR, List.of(), Map.of(), Optional.empty()));
    assertConfig("--option path", options("parquet", Map.of("path", "elsewhere")));
    assertEquals(List.of("file"), names(folder));
  }

  @Test
  void shouldTellWhatSparkRefuses() throws IOException {
    assertConfig(
        "--format parquet: Spark refuses to write",
        options("parquet", Map.of("compression", "zippo")));
    assertConfig("--format jdbc: Spark refuses to write", options("jdbc", Map.of()));
    assertConfig(
        "--format parquet: Spark refuses to write",
        with(
            output("parquet"),
            Mode.ERROR,
            new TreeSet<>(Arrays.asList(sqlColumns())).toArray(String[]::new)));
    assertEquals(List.of(), names(folder));
  }

  private static String[] sqlColumns() {
    return new AnswerSchema(KEPT, AnswerColumns.of(CHANGES.encoding()), "v1", KeptTypes.NONE)
        .names()
        .toArray(String[]::new);
  }

  private TableOutput at(String location) {
    return TableOutput.of("parquet", location);
  }

  private TableOutput options(String format, Map<String, String> options) {
    return new TableOutput(
        format, output(format).location(), Mode.ERROR, List.of(), options, Optional.empty());
  }

  private static void assertConfig(String told, TableOutput output) {
    ConfigException refused = assertThrows(ConfigException.class, () -> write(output, CHANGES));
    assertTrue(refused.getMessage().contains(told), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }
}

package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.driver.config.section.ConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every type of Spark SQL in every format of files, with the settings that the launcher's session
 * has: a column that is not used is no matter. One that is named is read or refused by name.
 */
class TableTypesIT {
  private static final String YAML =
      """
      data:
        format: %s
        path: '%s'
        sequence: id
        time: t
        inputs: [x]
        targets: [x]
        split: {by: time, validation: 3, test: 3}
      model: {cell: rnn, hidden: [2]}
      training: {steps: 1, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  /** Types that a format cannot hold. */
  private static final Map<String, List<String>> IMPOSSIBLE =
      Map.of(
          "csv",
          List.of(
              "binary",
              "list",
              "list_float",
              "list_text",
              "list_of_lists",
              "map",
              "struct",
              "list_of_structs",
              "variant",
              "void"),
          "json",
          List.of("void"),
          "xml",
          List.of("days", "months", "void", "list_of_lists"),
          "orc",
          List.of("variant", "void"),
          "parquet",
          List.of("void"));

  @TempDir private static Path folder;
  private static TestSession spark;

  @BeforeAll
  static void open() {
    spark = TestSession.open("local[2]", Map.of());
  }

  @AfterEach
  void reset() {
    LocalSession.FOR_FEW_ROWS.keySet().forEach(session().conf()::unset);
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  private static SparkSession session() {
    return spark.sessions().session();
  }

  private static DataSpec spec(String format, String path, String... changes) {
    List<String> overrides = new ArrayList<>(List.of(changes));
    if (format.equals("csv")) {
      overrides.add("data.options.header=true");
    } else if (format.equals("xml")) {
      overrides.add("data.options.rowTag=ROW");
    }
    return ConfigReader.read(YAML.formatted(format, path), "test.yaml", overrides).data();
  }

  private static String write(String format, int files) {
    Dataset<Row> table =
        SparkTypes.table(session(), IMPOSSIBLE.getOrDefault(format, List.of())).repartition(files);
    String path = folder.resolve(format + files).toString();
    table
        .write()
        .format(format)
        .option("header", "true")
        .option("rowTag", "ROW")
        .mode(SaveMode.Ignore)
        .save(path);
    return path;
  }

  private static void assertRead(DataSpec spec) {
    EncodedData data = DataReader.fit(spec, 1, 4);
    assertEquals(2, data.training().size());
    assertEquals(2, data.test().size());
    assertEquals(11, data.test().get(0).length());
  }

  @ParameterizedTest
  @CsvSource({
    "csv, 33",
    "json, 33",
    "parquet, 1",
    "parquet, 33",
    "parquet, 200",
    "orc, 33",
    "xml, 33"
  })
  void shouldReadATableWhoseOtherColumnsAreOfAnyType(String format, int files) {
    assertRead(spec(format, write(format, files)));
  }

  @Test
  void shouldReadATableOfTheCatalog() {
    SparkTypes.table(session(), List.of()).createOrReplaceTempView("every_type");
    assertRead(spec("table", "every_type"));
  }

  @Test
  void shouldReadFoldersOfPartitions() {
    String path = folder.resolve("days").toString();
    SparkTypes.table(session(), List.of("void"))
        .selectExpr("*", "t % 12 + 1 as day", "id as hour")
        .repartition(4)
        .write()
        .partitionBy("day", "hour")
        .parquet(path);
    assertRead(spec("parquet", path));
    assertRead(spec("parquet", path, "data.sequence=hour", "data.inputs=[x, day]"));
  }

  /** Whatever a column is named as, it is read, or the error names it and what is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inputs | binary date timestamp local days months list_of_lists map struct list_of_structs variant",
        "sequence | binary days months list list_float list_text list_of_lists map struct list_of_structs variant",
        "time | boolean binary days months list_of_lists map struct list_of_structs variant",
        "label | binary timestamp local days months list list_float list_text list_of_lists map struct list_of_structs variant"
      })
  void shouldReadOrRefuseByNameAColumnOfAnyType(String role, String unusable) {
    String path = write("parquet", 1);
    if (!role.equals("inputs")) { // which are read by generated code, as users' are
      LocalSession.FOR_FEW_ROWS.forEach(session().conf()::set);
    }
    for (String type : SparkTypes.ALL.keySet()) {
      if (type.equals("void")) {
        continue;
      }
      String refusal = refusal(path, role, "c_" + type);
      boolean isUnusable = List.of(unusable.split(" ")).contains(type);
      String named = "column 'c_" + type + "' must be ";
      assertEquals(isUnusable, refusal.contains(named), role + " " + type + ": " + refusal);
    }
  }

  /** What is wrong with a column as the input, id …; empty if nothing is. */
  private static String refusal(String path, String role, String column) {
    List<String> changes = new ArrayList<>(List.of("data.split.validation=0"));
    switch (role) {
      case "label" ->
          changes.addAll(List.of("data.targets=[" + column + "]", "data.target-kind=class"));
      case "inputs", "targets" -> changes.add("data." + role + "=[" + column + "]");
      default -> changes.add("data." + role + "=" + column);
    }
    try {
      DataReader.fit(spec("parquet", path, changes.toArray(String[]::new)), 1, 4);
      return "";
    } catch (DataException refusal) {
      return refusal.getMessage();
    }
  }
}

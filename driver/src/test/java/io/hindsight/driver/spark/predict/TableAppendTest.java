package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are added to tables which others have made. */
class TableAppendTest extends AnswerWriting {
  private static final String COLUMNS =
      "day STRING, shop STRING, step BIGINT, Prediction_x DOUBLE, prediction_y DOUBLE,"
          + " model_version STRING, reason STRING";

  private static TableOutput adding(String... partitionBy) {
    return with(TableOutput.of("table", "others"), Mode.APPEND, partitionBy);
  }

  private static void create(String columns, String rest) {
    sql().sql("CREATE TABLE others (" + columns + ") " + rest);
  }

  @AfterEach
  void drop() {
    sql().sql("DROP VIEW IF EXISTS shown");
    sql().sql("DROP TABLE IF EXISTS others");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USING json",
        "USING parquet",
        "USING CSV",
        "USING orc",
        "USING json PARTITIONED BY (model_version, shop)"
      })
  void shouldAddRowsWhateverTheTablesFormat(String rest) {
    create(COLUMNS, rest);
    long rows = write(adding(), CHANGES).rows();
    write(adding(), CHANGES);

    assertEquals(2 * rows, sql().table("others").count());
    List<Row> added =
        sql()
            .table("others")
            .selectExpr(
                "shop",
                "day",
                "int(step)",
                "prediction_x",
                "prediction_y",
                "model_version",
                "reason")
            .distinct()
            .orderBy("shop", "step")
            .collectAsList();
    assertEquals(expected(CHANGES), added.stream().map(AnswerWriting::cells).toList());
  }

  @Test
  void shouldAddRowsToATableDividedAsIsAskedFor() {
    create(COLUMNS, "USING json PARTITIONED BY (shop)");
    long rows = write(adding("SHOP"), CHANGES).rows();
    assertEquals(rows, sql().table("others").count());
    assertRefused(
        "--partition-by day: the table others is divided by [shop] already", adding("day"));
  }

  @Test
  void shouldRefuseATableInBuckets() {
    create(COLUMNS, "USING parquet CLUSTERED BY (shop) INTO 2 BUCKETS");
    assertRefused("--output others: Spark adds no rows to a table in buckets", adding());
  }

  @Test
  void shouldNameWhatIsMissingAndWhatIsTooManyBeforeAnythingIsRead() {
    create("Shop STRING, region STRING, Provider STRING, prediction_x DOUBLE", "USING json");
    assertRefused(
        "only the answers have [day, step, prediction_y, model_version, reason],"
            + " and only the table has [region, Provider]",
        adding());
  }

  @Test
  void shouldRefuseAViewAndANameThatIsNone() {
    create(COLUMNS, "USING json");
    sql().sql("CREATE VIEW shown AS SELECT * FROM others");
    assertRefused(
        "--output shown: rows cannot be added to a view",
        with(TableOutput.of("table", "shown"), Mode.APPEND));
    assertRefused("Spark refuses to write", with(TableOutput.of("table", "a b"), Mode.APPEND));
    assertRefused("Spark refuses to write", TableOutput.of("table", "a b"));
  }

  private static void assertRefused(String told, TableOutput output) {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> AnswerWriter.open(session.found(), output, KEPT, CHANGES, "v1"));
    assertTrue(refused.getMessage().contains(told), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }
}

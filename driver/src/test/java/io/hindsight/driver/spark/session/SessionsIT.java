package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsIT {
  @TempDir private static Path folder;
  private static TestSession first;

  @BeforeAll
  static void open() {
    first =
        TestSession.open(
            "local[2]", Map.of("spark.task.maxFailures", "3", "spark.sql.shuffle.partitions", "2"));
  }

  @AfterAll
  static void close() {
    first.close();
  }

  @Test
  void shouldReuseASessionAndLeaveItOpen() {
    try (Sessions second = Sessions.open("second", "the test")) {
      assertSame(first.context(), second.context());
    }
    assertFalse(first.context().isStopped());
    assertTrue(first.sessions().isPresent());
  }

  @Test
  void shouldSetDefaultsAndKeepWhatTheUserSet() {
    SparkConf conf = first.context().getConf();
    assertEquals("3", conf.get("spark.task.maxFailures"));
    assertFalse(conf.contains("spark.kryo.registrationRequired"));
    assertEquals("256k", conf.get("spark.broadcast.blockSize"));
    assertEquals("false", conf.get("spark.ui.enabled"));
  }

  /** Queries of the user's own, over all that Spark sends for them. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void shouldLeaveTheSessionAsFreeAsItWas(String format) {
    SparkSession session = first.sessions().session();
    String path = folder.resolve(format).toString();
    Dataset<Row> table =
        session
            .range(1000)
            .selectExpr(
                "id",
                "id % 7 as key",
                "cast(id as string) || 'x' as text",
                "id / 3.0 as value",
                "cast('2020-01-01' as date) as day",
                "cast('2020-01-01 10:00:00' as timestamp) as moment",
                "id > 4 as flag",
                "cast(null as string) as missing",
                "id + 100000000000 as large",
                "cast('123456789012345678901234567890' as decimal(38, 0)) as huge",
                "cast('2020-01-01 10:00:00' as timestamp_ntz) as local");
    table.repartition(3).write().format(format).option("header", "true").save(path);
    Dataset<Row> read =
        session
            .read()
            .format(format)
            .option("header", "true")
            .option("inferSchema", "true")
            .load(path);
    assertEquals(1000, read.count());
    read.createOrReplaceTempView("t");
    List<Row> rows =
        session
            .sql(
                "select key, count(distinct text) c, collect_list(value) v, max(value) m from t"
                    + " join (select key as k from t group by key) on key = k"
                    + " group by key order by key desc")
            .collectAsList();
    assertEquals("6 142", rows.get(0).get(0) + " " + rows.get(0).get(1));
    assertEquals(1000, read.orderBy("text").collectAsList().size());
    assertEquals(10, read.orderBy("value").limit(10).collectAsList().size());
    assertEquals(5, read.takeAsList(5).size());
    assertEquals(7, read.select("key").distinct().persist().count());
  }
}

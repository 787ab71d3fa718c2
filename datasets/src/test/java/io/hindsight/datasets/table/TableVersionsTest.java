package io.hindsight.datasets.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without the libraries of Delta and Iceberg; with them, {@code .ci/lake-tables} tries the same.
 */
class TableVersionsTest {
  private static SparkSession session;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @ParameterizedTest
  @CsvSource({
    "delta, /lake/t, versionAsOf, 12, 12",
    "DELTA, /lake/t, timestampasof, 2026-11-27, 2026-11-27",
    "delta, /lake/t@v12, mergeSchema, true, v12",
    "delta, /lake/t@20261127060000000, mergeSchema, true, 20261127060000000",
    "delta, /lake/me@vendor, mergeSchema, true,",
    "iceberg, db.t, snapshot-id, 6757413537799971762, 6757413537799971762",
    "iceberg, db.t, as-of-timestamp, 1700000000000, 1700000000000",
    "iceberg, db.t, branch, audit,",
    "iceberg, db.t@v12, split-size, 1,",
  })
  void shouldLeaveTheVersionThatAUserNames(
      String format, String path, String option, String value, String named) {
    VersionedTable table =
        VersionedTable.of(session, table(format, path, Map.of(option, value))).orElseThrow();
    assertEquals(Optional.ofNullable(named), table.named());
  }

  @Test
  void shouldHaveVersionsInNoOtherTable() {
    assertEquals(Optional.empty(), VersionedTable.of(session, Tables.csv("/data")));
    session.range(3).createOrReplaceTempView("numbers");
    for (String name : new String[] {"numbers", "no_such_table", "no name; at all"}) {
      assertEquals(
          Optional.empty(), VersionedTable.of(session, table("table", name, Map.of())), name);
    }
  }

  @Test
  void shouldNameAVersionInPlaceOfABranch() {
    for (String format : List.of("delta", "iceberg")) {
      Map<String, String> options = Map.of("Branch", "audit", "split-size", "1");
      TableSpec spec = table(format, "db.t", options);
      TableSpec pinned = VersionedTable.of(session, spec).orElseThrow().at("7");
      String option = format.equals("delta") ? "versionAsOf" : "snapshot-id";
      assertEquals(Map.of(option, "7", "split-size", "1"), pinned.location().options());
      assertEquals(pinned, PinnedTable.of(pinned));
    }
  }

  @Test
  void shouldTellWhichOptionsNameAVersion() {
    Map<String, String> options = Map.of("VersionAsOf", "7", "branch", "audit", "mergeSchema", "1");
    for (String format : List.of("Delta", "iceberg", "table")) {
      assertEquals(
          List.of("VersionAsOf"), PinnedTable.versionOptions(table(format, "db.t", options)));
    }
    assertEquals(List.of(), PinnedTable.versionOptions(table("csv", "/data", options)));
  }

  @Test
  void shouldPinNoOtherTable() {
    TableSpec csv = Tables.csv("/data");
    assertEquals(csv, PinnedTable.of(csv));
    TableSpec absent = table("table", "no_such_table", Map.of());
    assertEquals(absent, PinnedTable.of(absent)); // whoever opens it refuses it
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta", "iceberg"})
  void shouldAskForTheLibraryThatIsMissing(String format) {
    TableReader reader = new TableReader(table(format, "/lake/t", Map.of()), new Reading());
    DataException refusal =
        assertThrows(DataException.class, () -> reader.read(Tables.csv("").columns()));
    assertTrue(refusal.getMessage().contains("add the source's package"), refusal.getMessage());
  }

  @Test
  void shouldNameTheVersionWhoseFilesAreGone() {
    SourceVersion version = new SourceVersion("/lake/t", "delta", "12");
    Exception failure =
        new IllegalStateException("Job aborted", new FileNotFoundException("/lake/t/part-0"));

    RuntimeException missing = TableVersions.missing(Optional.of(version), failure).orElseThrow();

    assertEquals(
        "version 12 of the delta table must still be there, but found it gone"
            + " (/lake/t: /lake/t/part-0); restore it, or start a new run",
        missing.getMessage());
    SourceSnapshot unknown = new SourceSnapshot.Unknown("/lake/t");
    assertEquals(Optional.empty(), TableVersions.missing(Optional.of(unknown), failure));
    assertEquals(Optional.empty(), TableVersions.missing(Optional.empty(), failure));
    assertEquals(
        Optional.empty(),
        TableVersions.missing(Optional.of(version), new IllegalStateException("other")));
  }

  private static TableSpec table(String format, String path, Map<String, String> options) {
    return Tables.withSource(Tables.csv(path), format, Optional.of(path), options);
  }
}

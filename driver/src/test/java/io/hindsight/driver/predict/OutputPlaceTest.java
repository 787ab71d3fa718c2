package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.run.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlaceTest {
  private static void check(String format, String data, String to, String place, Mode mode) {
    String yaml =
        """
        data: {format: %s, path: "%s", inputs: [x], targets: [y], time: t}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    TableSpec table = (TableSpec) TestRuns.config(yaml.formatted(format, data)).data();
    TableOutput output =
        new TableOutput(to, Optional.of(place), mode, List.of(), Map.of(), Optional.empty());
    OutputPlace.requireApart("/runs/a/model", table, output);
  }

  @ParameterizedTest
  @CsvSource({
    "csv, /data/x.csv, parquet, /data/x.csv",
    "csv, /data/x.csv, parquet, file:///data/",
    "csv, /data/x/*.csv, json, /data/x",
    "csv, /other/x.csv, parquet, /runs/a/model",
    "csv, /other/x.csv, parquet, /runs",
    "table, sales, table, sales",
    "table, sales, table, default.SALES",
    "table, spark_catalog.default.sales, table, `sales`",
    "table, sales, parquet, /runs/a",
  })
  void shouldRefuseAnOutputThatWouldTakeInModelOrData(
      String format, String data, String to, String place) {
    for (Mode mode : List.of(Mode.APPEND, Mode.OVERWRITE)) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> check(format, data, to, place, mode));
      assertTrue(refused.getMessage().startsWith("--output " + place), refused.getMessage());
    }
    assertDoesNotThrow(() -> check(format, data, to, place, Mode.ERROR), "it must not exist then");
  }

  @Test
  void shouldAllowWhatOnlyHasASimilarName() {
    assertDoesNotThrow(() -> check("csv", "/data/x.csv", "csv", "/data/x", Mode.OVERWRITE));
    assertDoesNotThrow(() -> check("table", "/data", "parquet", "/data", Mode.OVERWRITE));
    assertDoesNotThrow(() -> check("csv", "/data/x", "table", "/data/x", Mode.OVERWRITE));
  }

  @Test
  void shouldRefuseAnOutputThatAPatternOfTheDataMatches(@TempDir Path folder) throws IOException {
    Path day = Files.createDirectories(folder.resolve("sales/day=2"));
    String all = folder + "/sales/day=*";
    for (String place : List.of(day.toString(), day + "/answers", folder.toString())) {
      assertThrows(
          ConfigException.class, () -> check("csv", all, "parquet", place, Mode.OVERWRITE), place);
    }
    String other = folder + "/sales/day=3";
    assertDoesNotThrow(() -> check("csv", all, "parquet", other, Mode.OVERWRITE));
  }

  @Test
  void shouldRefuseTheTableOfADatabaseThatIsRead() {
    String yaml =
        """
        data: {format: jdbc, options: {url: 'jdbc:h2:mem:a', dbTable: orders}, inputs: [x],
          targets: [y], time: t, sequence: id}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    TableSpec table = (TableSpec) TestRuns.config(yaml).data();
    ConfigException refused =
        assertThrows(ConfigException.class, () -> toDatabase(table, "jdbc:h2:mem:a", "Orders"));
    assertTrue(refused.getMessage().startsWith("--option dbtable=Orders"), refused.getMessage());
    assertDoesNotThrow(() -> toDatabase(table, "jdbc:h2:mem:b", "orders"));
    assertDoesNotThrow(() -> toDatabase(table, "jdbc:h2:mem:a", "answers"));
  }

  private static void toDatabase(TableSpec data, String url, String table) {
    Map<String, String> options = Map.of("url", url, "dbtable", table);
    OutputPlace.requireApart(
        "/runs/a/model",
        data,
        new TableOutput(
            "jdbc", Optional.empty(), Mode.OVERWRITE, List.of(), options, Optional.empty()));
  }
}

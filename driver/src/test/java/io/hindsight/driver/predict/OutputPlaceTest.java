package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataSpec;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.run.TestRuns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
    DataSpec.Table table = (DataSpec.Table) TestRuns.config(yaml.formatted(format, data)).data();
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
}

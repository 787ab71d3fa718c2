package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The experiment on twelve steps ahead: what it refuses, and its table from runs that are there.
 */
class AheadScriptTest {
  private static final String SCRIPT = "../conf/experiments/ahead";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds one | --seeds needs whole numbers, but got 'one'",
        "--strategies straight | single, direct or recursive, but got 'straight'",
        "--families stocks | co2 and weather, but got 'stocks'",
        "--runs | --runs needs a value",
        "text | unknown option 'text'"
      })
  void shouldSayWhatIsWrong(String arguments, String message) throws Exception {
    CommandLineRun run = experiment(arguments.split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().startsWith("ahead: ") && run.err().contains(message), run.err());
  }

  @Test
  void shouldPrintMeansAndDeviationsOfTheSeeds() throws Exception {
    writeFigures("direct", 1, "0.5,\"coverage_80\":0.79");
    writeFigures("direct", 2, "0.7,\"coverage_80\":0.81");
    writeFigures("recursive", 1, "0.6");
    writeFigures("recursive", 2, "0.6");
    CommandLineRun run =
        experiment(
            "--families",
            "weather",
            "--strategies",
            "direct recursive",
            "--seeds",
            "1 2",
            "--runs",
            "" + folder);
    assertEquals(0, run.code(), run.err());
    List<String> rows = run.out().lines().filter(line -> line.startsWith("| weather")).toList();
    assertEquals(
        List.of(
            "| weather | direct | 0.600 ± 0.141 | 0.500 to 0.700 | 80.0 ± 1.4 | 0.900 | 1.250 |",
            "| weather | recursive | 0.600 ± 0.000 | 0.600 to 0.600 | - | 0.900 | 1.250 |"),
        rows);
  }

  private void writeFigures(String strategy, int seed, String figures) throws IOException {
    Path run = folder.resolve("weather-" + strategy + "-seed-" + seed);
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("figures.json"),
        "{\"part\":\"test\",\"mase\":"
            + figures
            + ",\"baselines\":{\"autoregression\":3.0,\"seasonal_naive\":4.0},"
            + "\"baseline_metrics\":{\"autoregression\":{\"rmse\":3.0,\"mase\":0.9},"
            + "\"seasonal_naive\":{\"rmse\":4.0,\"mase\":1.25}}}");
  }

  private CommandLineRun experiment(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = SCRIPT;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Shell.bash(folder, Map.of(), all);
  }
}

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
    writeRun("direct", 1, "\"test_mase\" : 0.5, \"test_coverage_80\" : 0.79");
    writeRun("direct", 2, "\"test_mase\" : 0.7, \"test_coverage_80\" : 0.81");
    writeRun("single", 1, "\"test_mase\" : 0.6");
    writeRun("single", 2, "\"test_mase\" : 0.6");
    CommandLineRun run =
        experiment(
            "--families",
            "weather",
            "--strategies",
            "direct single",
            "--seeds",
            "1 2",
            "--runs",
            "" + folder);
    assertEquals(0, run.code(), run.err());
    List<String> rows = run.out().lines().filter(line -> line.startsWith("| weather")).toList();
    assertEquals(
        List.of(
            "| weather | direct | 0.600 ± 0.141 | 0.500 to 0.700 | 80.0 ± 1.4 | 0.900 | 1.250 |",
            "| weather | single | 0.600 ± 0.000 | 0.600 to 0.600 | - | 0.900 | 1.250 |"),
        rows);
  }

  private void writeRun(String strategy, int seed, String figures) throws IOException {
    Path run = folder.resolve("weather-" + strategy + "-seed-" + seed);
    Files.createDirectories(run);
    String lines = figures.replace(", ", ",\n    ");
    Files.writeString(
        run.resolve("status.json"),
        "{\n  \"state\" : \"completed\",\n  \"metrics\" : {\n    %s\n  }\n}\n".formatted(lines));
    Files.writeString(
        run.resolve("figures.json"),
        "{\"part\":\"test\",\"mase\":0.1,\"baselines\":{\"autoregression\":3.0,\"seasonal_naive\":4.0},"
            + "\"baseline_metrics\":{\"autoregression\":{\"rmse\":3.0,\"mase\":0.9},"
            + "\"drift\":{\"rmse\":3.0,\"mase\":null},"
            + "\"seasonal_naive\":{\"rmse\":4.0,\"mase\":1.25}}}");
  }

  private CommandLineRun experiment(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = SCRIPT;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Shell.bash(folder, Map.of(), all);
  }
}

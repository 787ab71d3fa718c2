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

/** The experiment on truncation: what it refuses, and its tables from runs that are there. */
class TruncationScriptTest {
  private static final String SCRIPT = "../conf/experiments/truncation";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--quick | which text?",
        "absent.txt | 'absent.txt' cannot be read",
        "--updates 100 pom.xml | a multiple of 6, but got '100'",
        "--updates ten pom.xml | a whole number, but got 'ten'",
        "--seeds 100 pom.xml | the seed 100 chooses the rates",
        "--tasks copy pom.xml | text, order and adding, but got 'copy'",
        "--rates high pom.xml | --rates needs numbers, but got 'high'",
        "--seed 1 pom.xml | unknown option '--seed'"
      })
  void shouldSayWhatIsWrong(String arguments, String message) throws Exception {
    CommandLineRun run = experiment(arguments.split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().startsWith("truncation: ") && run.err().contains(message), run.err());
  }

  @Test
  void shouldPrintMeansAndDifferencesAtTheBestRate() throws Exception {
    for (String task : List.of("text", "order")) {
      for (String arm : List.of("one", "eight", "whole", "growing")) {
        double worse = arm.equals("one") ? 0.5 : 0;
        writeRun(task, arm, "0.1", 100, 2);
        writeRun(task, arm, "0.2", 100, 1);
        writeRun(task, arm, "0.3", 100, 3);
        writeRun(task, arm, "0.2", 1, 1 + worse);
        writeRun(task, arm, "0.2", 2, 2 + 2 * worse);
      }
    }
    String[] arguments = {
      "--updates", "6", "--seeds", "1 2", "--rates", "0.1 0.2 0.3", "--runs", "" + folder, "pom.xml"
    };
    CommandLineRun run = experiment(arguments);
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.contains("| one | 2.0000 | 1.0000 | 3.0000 |"), run.out());
    assertTrue(
        lines.contains("| one | 0.2 | 2.2500 | 1.0607 | 1.5000 | 3.0000 | 0.7500 | 0.3536 |"),
        run.out());
    assertTrue(lines.contains("| 6 | 2.2500 | 1.5000 | 1.5000 | 1.5000 |"), run.out());
    assertTrue(lines.contains("| 1 | 7.2500 | 6.5000 | 6.5000 | 6.5000 |"), run.out());

    arguments[1] = "12";
    assertTrue(experiment(arguments).err().contains("holds runs of other settings"));
  }

  /** A run of six validations, whose losses fall by 1 to this one. */
  private void writeRun(String task, String arm, String rate, int seed, double loss)
      throws IOException {
    String name = "%s-%s-rate-%s-seed-%d".formatted(task, arm, rate, seed);
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(run.resolve("status.json"), "{\"state\" : \"completed\"}");
    StringBuilder metrics = new StringBuilder();
    for (int step = 1; step <= 6; step++) {
      String line = "{\"step\":%d,\"epoch\":0,\"validation\":{\"loss\":%s,\"targets\":1000}}%n";
      metrics.append(line.formatted(step, loss + 6 - step));
    }
    Files.writeString(run.resolve("metrics.jsonl"), metrics);
  }

  private CommandLineRun experiment(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = SCRIPT;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Shell.bash(folder, Map.of(), all);
  }
}

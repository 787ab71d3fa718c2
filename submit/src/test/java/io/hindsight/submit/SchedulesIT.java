package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the unit and of the crontab retrain, with the launcher that the build made. */
class SchedulesIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** Of a few steps; what becomes of the candidate is for others to test. */
  private static final String CONFIG =
      """
      data:
        format: csv
        path: %s
        options: {header: true}
        sequence: station
        time: month
        inputs: [ppm]
        targets: [ppm]
        window: {length: P10Y}
        split: {by: time, validation: 12, test: 12}
      model: {cell: rnn, hidden: [2]}
      training: {steps: 2, batch: 8, bptt: {window: 24}, optimizer: {type: sgd, learning-rate: 0.1}}
      gate: {model: {beats: none}}
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  @Test
  void shouldRetrainByTheUnitAndLeaveWhatIsDoneByTheCrontab() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HINDSIGHT_FAST_START", "no");
    environment.put("HINDSIGHT_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    environment.put("HINDSIGHT_LOCKS", folder.resolve("locks").toString());
    environment.put("AS_OF", "1997-10-01T00:00:00Z");
    Files.writeString(
        folder.resolve("co2.yaml"), CONFIG.formatted(HOME.resolve("datasets/data/co2.csv")));

    CommandLineRun unit = Shell.run(folder, environment, List.of(unit().split(" ")));
    assertEquals(0, unit.code(), unit.err());
    JsonNode first = history();
    assertEquals(1, first.get("versions").size(), unit.out());
    String metrics = Files.readString(folder.resolve("co2/metrics.prom"));
    assertTrue(metrics.contains("hindsight_retrain_last_exit_status{"), metrics);

    CommandLineRun cron = Shell.run(folder, environment, List.of("/bin/sh", "-c", crontab()));
    assertEquals(new CommandLineRun(0, "", ""), cron);
    String log = Files.readString(folder.resolve("co2.log"));
    assertTrue(log.contains("unchanged"), log);
    assertEquals(first, history());
  }

  private JsonNode history() throws Exception {
    CommandLineRun run =
        CommandLineRun.of("history", "--registry", folder.resolve("co2").toString(), "--json");
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  private String unit() throws Exception {
    Path file = Path.of("schedules/hindsight-retrain.service");
    return here(DeploymentFilesTest.properties(file).get("ExecStart"));
  }

  private String crontab() throws Exception {
    String line =
        Files.readAllLines(Path.of("schedules/crontab")).stream()
            .filter(each -> each.contains("schedules/retrain /"))
            .findFirst()
            .orElseThrow();
    return here(line.replaceFirst("(\\S+ ){5}", ""));
  }

  private String here(String command) {
    return command
        .replace("/opt/hindsight", HOME.toString())
        .replace("/etc/hindsight", folder.toString())
        .replaceAll("/var/(lib|log)/hindsight", folder.toString());
  }
}

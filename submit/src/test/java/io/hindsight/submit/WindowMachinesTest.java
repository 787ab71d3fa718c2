package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same command has the same window and key on machines of any time zone and language. */
class WindowMachinesTest {
  private static final long PATIENCE_SECONDS = 300;

  /** From midnight of the day on which the clocks change; the window reaches back for 30. */
  private static final List<Integer> HOURS = List.of(-1, 0, 1, 2, 3, 4, 12, 25);

  /** Forward and back in four zones; on Lord Howe by half an hour. */
  private static final List<String> CHANGES =
      List.of(
          "Europe/Berlin 2026-03-29 2026-10-25",
          "America/New_York 2026-03-08 2026-11-01",
          "Australia/Lord_Howe 2026-10-04 2026-04-05",
          "America/Santiago 2026-09-06 2026-04-05");

  @TempDir private Path folder;

  private static List<String> retrainings() {
    List<String> lines = new ArrayList<>();
    for (String change : CHANGES) {
      String[] words = change.split(" ");
      ZoneId zone = ZoneId.of(words[0]);
      for (String day : List.of(words[1], words[2])) {
        Instant midnight = LocalDate.parse(day).atStartOfDay(zone).toInstant();
        for (int hour : HOURS) {
          lines.add(words[0] + " " + midnight.plusSeconds(3600L * hour));
        }
      }
    }
    return lines;
  }

  private Process start(String name, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WindowMain.class.getName());
    command.addAll(List.of(folder + "/loads.yaml", folder + "/retrainings"));
    return Shell.start(Map.of(), command, folder.resolve(name), folder.resolve(name + ".err"));
  }

  private List<String> answers(String name, Process process) throws Exception {
    boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String err = Files.readString(folder.resolve(name + ".err"));
    assertTrue(hasEnded, err);
    assertEquals(0, process.exitValue(), err);
    return Files.readAllLines(folder.resolve(name));
  }

  @Test
  void shouldHaveTheSameWindowsAndKeysOnEachMachine() throws Exception {
    Files.write(folder.resolve("retrainings"), retrainings());
    Files.writeString(
        folder.resolve("loads.yaml"),
        """
        data: {format: csv, path: loads.csv, options: {header: true}, sequence: station,
          time: time, inputs: [load], targets: [load], scale: minmax,
          split: {by: time, validation: 0.125, test: 48}, window: {length: P1DT6H, lag: PT30M}}
        model: {cell: gru, hidden: [4], output: {at: every-step}}
        training: {epochs: 1, batch: 8, optimizer: {type: adam, learning-rate: 1.0e-2}}
        """);
    Process english = start("en", "-Duser.timezone=UTC", "-Duser.language=en");
    Process turkish =
        start("tr", "-Duser.timezone=America/Santiago", "-Duser.language=tr", "-Duser.country=TR");
    List<String> expected = answers("en", english);
    List<String> inTurkish = answers("tr", turkish);
    Process arabic =
        start(
            "ar",
            "-Duser.timezone=Asia/Kathmandu",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.extensions=u-nu-arab");
    List<String> inArabic = answers("ar", arabic);

    assertEquals(
        List.of("UTC en", "America/Santiago tr-TR", "Asia/Kathmandu ar-EG-u-nu-arab"),
        List.of(expected.get(0), inTurkish.get(0), inArabic.get(0)));
    assertEquals(1 + retrainings().size(), expected.size());
    assertTrue(
        expected.stream().skip(1).allMatch(line -> line.contains("Z 0 {\"key\":\"2026")),
        expected.toString());
    assertEquals(tail(expected), tail(inTurkish));
    assertEquals(tail(expected), tail(inArabic));
  }

  private static List<String> tail(List<String> lines) {
    return lines.subList(1, lines.size());
  }
}

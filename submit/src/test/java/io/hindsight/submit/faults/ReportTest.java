package io.hindsight.submit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.submit.faults.BrokenPromise.Sort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Moment MOMENT = new Moment(Moment.Stage.TRAINING, 7, 0);
  private static final Struck KILLED = new Struck(new KillDriver(MOMENT), 7, 0.25, 9.5);
  private static final Struck STOPPED = new Struck(new StopDriver(MOMENT, 3), 9, 3.5, 4.0);

  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void shouldCountWhatStruckAndTheLongestTimes() throws Exception {
    Report report = report(Map.of());
    report.add(result(4, List.of(KILLED, STOPPED), Optional.empty()));
    report.add(result(5, List.of(new Struck(KILLED.fault(), 7, 0.1, 2)), Optional.empty()));
    assertTrue(report.conclude());
    JsonNode killed = json().path("faults").path("driver killed");
    assertEquals(2, killed.path("struck").intValue());
    assertEquals(9.5, killed.path("longest_silence_s").doubleValue());
    assertEquals(0.25, killed.path("longest_step_s").doubleValue());
    assertEquals(
        3.5, json().path("faults").path("driver stopped").path("longest_step_s").doubleValue());
    assertEquals(0, json().path("broken_promises").intValue());
    assertTrue(said().matches("(?s).*driver killed +2 +0 +0 +0 +0 +0\\.3 +9\\.5\\R.*"), said());
  }

  @Test
  void shouldKeepTheLongestOfWhatWasSeenOfAFault() {
    Struck seen = KILLED.delayed(0.1, 12);
    assertEquals(new Struck(KILLED.fault(), 7, 0.25, 12), seen);
    assertEquals(new Struck(KILLED.fault(), 7, 0.75, 12), seen.delayed(0.75, 3));
  }

  @Test
  void shouldSayHowToReplayABrokenPromise() throws Exception {
    Report report = report(Map.of());
    BrokenPromise wrong = new BrokenPromise(Sort.WRONG_HASH, "weights a, undisturbed b");
    report.add(result(4, List.of(KILLED, STOPPED), Optional.of(wrong)));
    assertFalse(report.conclude());
    assertTrue(said().contains("weights a, undisturbed b"), said());
    assertTrue(said().contains(".ci/faults 0 --seed 4"), said());
    assertEquals(4, json().path("broken").path(0).path("seed").longValue());
    assertEquals(1, json().path("faults").path("driver killed").path("wrong_hashes").intValue());
    assertEquals(1, json().path("faults").path("driver stopped").path("wrong_hashes").intValue());
  }

  @Test
  void shouldBlameTheLastFaultForAHang() throws Exception {
    Report report = report(Map.of());
    BrokenPromise hang = new BrokenPromise(Sort.HANG, "no step for 99 s");
    report.add(result(4, List.of(KILLED, STOPPED), Optional.of(hang)));
    assertFalse(report.conclude());
    assertEquals(0, json().path("faults").path("driver killed").path("hangs").intValue());
    assertEquals(1, json().path("faults").path("driver stopped").path("hangs").intValue());
  }

  @Test
  void shouldSayWhatCannotBeBroughtAboutHere() throws Exception {
    Report report = report(Map.of(FaultKind.FILL_DISK, "needs the right to mount"));
    report.add(result(4, List.of(KILLED), Optional.empty()));
    assertTrue(said().contains("not here: disk full, as it needs the right to mount"), said());
    assertEquals("needs the right to mount", json().path("impossible").path("disk full").asText());
  }

  private Report report(Map<FaultKind, String> impossible) {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Report(out, folder.resolve("faults.json"), 4, impossible);
  }

  private RunResult result(long seed, List<Struck> struck, Optional<BrokenPromise> broken) {
    return new RunResult(
        Scenario.of(seed), struck, 0, 1, 12.5, broken, broken.map(promise -> folder));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("faults.json").toFile());
  }
}

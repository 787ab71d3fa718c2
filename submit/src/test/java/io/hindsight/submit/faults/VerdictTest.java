package io.hindsight.submit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.submit.faults.BrokenPromise.Sort;
import io.hindsight.submit.faults.Setting.Engine;
import io.hindsight.submit.faults.Setting.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that nothing disturbed passes; whatever is changed in what it left is found. */
class VerdictTest {
  private static final Task TASK = new Task("gru", 1, 16, true, false, 12);
  private static final Setting SETTING =
      new Setting(TASK, Engine.LOCAL, Store.LOCAL, 0, 5, false, 1000);

  @TempDir private Path folder;
  private Path run;
  private String expected;
  private Verdict verdict;

  @BeforeEach
  void train() {
    expected = new Undisturbed(folder).sha256(TASK);
    run = folder.resolve("undisturbed-0");
    verdict = new Verdict(new Scenario(1, SETTING, List.of()), new RunFiles(run.toString()));
  }

  @Test
  void shouldAcceptAWholeRun() throws Exception {
    verdict.check(expected);
    assertEquals(12, new RunFiles(run.toString()).steps());
  }

  @Test
  void shouldFindWrongWeights() {
    BrokenPromise broken =
        assertThrows(BrokenPromise.class, () -> verdict.check(expected.replaceAll("[0-8]", "9")));
    assertEquals(Sort.WRONG_HASH, broken.sort());
  }

  @Test
  void shouldFindWhatIsHalfWritten() throws Exception {
    Files.createDirectories(run.resolve("checkpoints/.tmp-step"));
    assertBroken("half-written");
  }

  @Test
  void shouldFindWhatIsLeft() throws Exception {
    Files.createFile(run.resolve("core.1"));
    assertBroken("left in the run directory: [core.1]");
  }

  @Test
  void shouldFindAStepThatIsMissingOrTwice() throws Exception {
    Path metrics = run.resolve("metrics.jsonl");
    List<String> lines = Files.readAllLines(metrics);
    Files.write(metrics, lines.subList(1, lines.size()));
    assertBroken("has 11 steps, not each of 12 once");
    Files.write(metrics, List.of(lines.get(0)));
    Files.writeString(metrics, String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
    assertBroken("has 13 steps, not each of 12 once");
  }

  @Test
  void shouldFindADamagedModel() throws Exception {
    Path weights = run.resolve("model/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThrows(Exception.class, () -> verdict.check(expected));
  }

  private void assertBroken(String message) {
    BrokenPromise broken = assertThrows(BrokenPromise.class, () -> verdict.check(expected));
    assertEquals(Sort.OTHER, broken.sort());
    assertTrue(broken.getMessage().contains(message), broken::getMessage);
  }
}

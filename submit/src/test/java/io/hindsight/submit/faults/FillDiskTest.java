package io.hindsight.submit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.submit.faults.BrokenPromise.Sort;
import io.hindsight.submit.faults.Setting.Engine;
import io.hindsight.submit.faults.Setting.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be there of a run whose disk was full, by a run that saved at 5, 10, 15, 20 and 25. */
class FillDiskTest {
  private static final Task TASK = new Task("rnn", 1, 16, false, false, 26);
  private static final Setting SETTING =
      new Setting(TASK, Engine.LOCAL, Store.LOCAL, 0, 5, false, 1000);

  private static final String OLDEST = "step-000000015"; // of those kept
  private static final String NEWEST = "step-000000025";

  @TempDir private Path run;
  private RunFiles files;

  @BeforeEach
  void train() throws Exception {
    TrainingRun.start(
        ConfigReader.read(SETTING.yaml(), "full", List.of()), new RunDirectory(run), false);
    files = new RunFiles(run.toString());
    Files.writeString(metrics(), "{\"step\":26,\"epoch\":0,\"lo", StandardOpenOption.APPEND);
  }

  @Test
  void shouldAcceptTheNewestCheckpoints() throws Exception {
    assertEquals(
        List.of(OLDEST, "step-000000020", NEWEST), files.checkpoints().stream().sorted().toList());
    FillDisk.check(files);
  }

  @Test
  void shouldAcceptThatNoneIsThereWhereNoneWasSaved() throws Exception {
    keepLines(line -> !line.contains("\"checkpoint\""));
    new LocalStorage().delete(files.directory().checkpoints());
    FillDisk.check(files);
  }

  @Test
  void shouldAcceptAnOldOneThatIsThereStillAndANewOneWhoseLineFoundNoRoom() throws Exception {
    keepLines(line -> !line.startsWith("{\"step\":25,\"checkpoint\""));
    FillDisk.check(files);
    Files.createDirectory(checkpoint("step-000000010"));
    FillDisk.check(files);
  }

  @Test
  void shouldFindAnyThatWasLost() throws Exception {
    delete(OLDEST);
    assertBroken("saved, and lost on a full disk: [step-000000015]");
    delete(NEWEST);
    assertBroken("[step-000000015, step-000000025]");
  }

  @Test
  void shouldFindThatAllWereLost() throws Exception {
    new LocalStorage().delete(files.directory().checkpoints());
    assertBroken("lost on a full disk: [step-000000015, step-000000020, step-000000025]");
  }

  @Test
  void shouldFindANewestThatIsDamaged() throws Exception {
    Files.write(checkpoint(NEWEST).resolve("weights.safetensors"), new byte[5]);
    assertBroken("damaged on a full disk");
  }

  @Test
  void shouldFindWhatIsHalfWritten() throws Exception {
    Files.createDirectory(checkpoint(".tmp-step-000000026"));
    assertBroken("half-written on a full disk");
  }

  private interface Lines {
    boolean hold(String line);
  }

  private void keepLines(Lines kept) throws IOException {
    List<String> lines = Files.readAllLines(metrics());
    List<String> rest = lines.stream().filter(kept::hold).toList();
    assertTrue(rest.size() < lines.size());
    Files.write(metrics(), rest);
  }

  private void delete(String name) throws IOException {
    new LocalStorage().delete(checkpoint(name).toString());
  }

  private Path checkpoint(String name) {
    return run.resolve("checkpoints").resolve(name);
  }

  private Path metrics() {
    return run.resolve("metrics.jsonl");
  }

  private void assertBroken(String message) {
    BrokenPromise broken = assertThrows(BrokenPromise.class, () -> FillDisk.check(files));
    assertEquals(Sort.OTHER, broken.sort());
    assertTrue(broken.getMessage().contains(message), broken::getMessage);
  }
}

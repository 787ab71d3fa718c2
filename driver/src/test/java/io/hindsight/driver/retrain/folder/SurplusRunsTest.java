package io.hindsight.driver.retrain.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurplusRunsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final TimeWindow WINDOW = new TimeWindow(START, START.plusSeconds(3600));

  @TempDir private Path folder;
  private Registry registry;
  private SurplusRuns surplus;

  @BeforeEach
  void write() throws IOException {
    registry = Registry.open(folder.toString());
    registry.begin();
    surplus = new SurplusRuns(registry);
    Instant ended = START;
    for (String key : List.of("one", "two", "three", "four")) {
      ended = ended.plusSeconds(60);
      write(key, ended, "rejected");
    }
  }

  /** A run with a file of its training. */
  private void write(String key, Instant ended, String state) throws IOException {
    RunFolder run = run(key);
    registry.storage().createDirectory(run.location());
    run.createAttempt("01234567");
    Files.writeString(Path.of(run.file("01234567", "weights")), "many");
    run.write(
        RetrainStatus.begun(key, WINDOW, START)
            .of("01234567")
            .ended(state, 0, "", Optional.empty(), ended));
  }

  private RunFolder run(String key) {
    return RunFolder.of(registry.storage(), registry.location(), new RunKey(key));
  }

  private boolean isThere(String key) {
    return Files.exists(Path.of(run(key).location()));
  }

  @Test
  void shouldKeepTheNewestAndThoseOfVersionsThatAreKept() throws IOException {
    assertEquals(List.of("one", "two", "three", "four"), surplus.keys(0, Set.of()));
    assertEquals(List.of("one", "two"), surplus.keys(2, Set.of()));
    assertEquals(
        List.of("two"), surplus.keys(2, Set.of("one-01234567", "two", "two-2", "imported")));
    assertEquals(List.of(), surplus.keys(4, Set.of()));
  }

  @Test
  void shouldDeleteTheWholeFolderAndNoOther() throws IOException {
    assertEquals(List.of("one"), surplus.delete(List.of("one"), millis -> {}));
    assertFalse(isThere("one"));
    assertTrue(isThere("two") && isThere("three") && isThere("four"));
    assertEquals(List.of("two", "three", "four"), surplus.keys(0, Set.of()));
  }

  @Test
  void shouldLeaveARunAloneThatAProcessWorksOn() throws IOException {
    write("two", START, RetrainStatus.RUNNING);
    try (Lease held = run("two").take(millis -> {})) {
      held.require();
      assertEquals(List.of("one", "three", "four"), surplus.keys(0, Set.of()));
      List<String> shown = List.of("two", "one"); // it was free then
      assertEquals(List.of("one"), surplus.delete(shown, RegistryAccess::sleep));
    }
    assertTrue(isThere("two"));
    assertEquals(List.of("two", "three", "four"), surplus.keys(0, Set.of()));
  }

  @Test
  void shouldFindAgainWhatIsLeftByADeletionThatWasKilled() throws IOException {
    registry.storage().delete(run("one").location() + "/01234567");
    assertEquals(List.of("one", "two", "three", "four"), surplus.keys(0, Set.of()));
    surplus.delete(List.of("one"), millis -> {});
    assertFalse(isThere("one"));
  }
}

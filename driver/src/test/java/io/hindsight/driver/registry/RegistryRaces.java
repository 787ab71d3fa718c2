package io.hindsight.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes that want to change the champion of one registry, on any storage. */
public final class RegistryRaces {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Registries registries;
  private final String folder;
  private final Path logs;

  /**
   * A registry with two versions.
   *
   * @param folder path or URI
   * @param logs where the processes write what they say
   */
  public RegistryRaces(Storage storage, String folder, Path logs) throws IOException {
    this.folder = folder;
    this.logs = logs;
    registries = new Registries(storage, folder);
    registries.promoteAll("a", "b");
  }

  /** Every change is made once, by the holder of the lease alone, upon the one before it. */
  public void assertNoChangeIsLost(int contenders, int each) throws Exception {
    List<LoggedProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < contenders; i++) {
        processes.add(start("contender-" + i, each));
      }
      for (LoggedProcess process : processes) {
        assertEquals(0, process.exitCode(PATIENCE), process.output());
      }
    } finally {
      processes.forEach(LoggedProcess::close);
    }
    assertIsOneLine(2 + contenders * each);
  }

  /** Each entry changes what the one before it had left, under a later lease. */
  private void assertIsOneLine(int entries) throws IOException {
    List<Pointer> newestFirst = registries.registry().history();
    assertEquals(entries, newestFirst.size());
    for (int i = 0; i < entries - 2; i++) {
      Pointer pointer = newestFirst.get(i);
      Pointer before = newestFirst.get(i + 1);
      assertEquals(entries - i, pointer.number());
      assertEquals(before.number(), pointer.follows());
      assertEquals(before.version(), pointer.previous().orElseThrow());
      assertFalse(before.version().equals(pointer.version()), pointer.toString());
      assertTrue(pointer.signature().lease() > before.signature().lease(), pointer.toString());
    }
  }

  /** An owner is stopped in the midst of its changes, replaced, and goes on. */
  public void assertAStaleOwnerIsFenced(int rounds) throws Exception {
    try (LoggedProcess owner = start("owner", 0)) {
      for (int round = 0; round < rounds; round++) {
        awaitEntryOf(owner);
        signal("STOP", owner);
        try (RegistryWriter writer = takeOver()) {
          String other =
              registries.registry().state().orElseThrow().version().equals("a") ? "b" : "a";
          Pointer mine = writer.promote(other, false, "round " + round);
          signal("CONT", owner);
          awaitLosses(round + 1, owner);
          Pointer now = registries.registry().state().orElseThrow();
          assertEquals(mine, now, owner.output());
        } finally {
          signal("CONT", owner);
        }
      }
    }
  }

  /** A sign of life that was on its way as the owner was stopped refuses the first attempt. */
  private RegistryWriter takeOver() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return registries.writer();
      } catch (LeaseException refused) {
        if (attempt == 5) {
          throw refused;
        }
      }
    }
  }

  private void awaitEntryOf(LoggedProcess owner) throws Exception {
    while (registries.registry().state().orElseThrow().author().process() != owner.handle().pid()) {
      assertTrue(owner.handle().isAlive(), owner.output());
      Thread.sleep(2);
    }
  }

  private static void awaitLosses(int count, LoggedProcess owner) throws Exception {
    while (owner.output().lines().filter(line -> line.startsWith("LOST")).count() < count) {
      assertTrue(owner.handle().isAlive(), owner.output());
      Thread.sleep(2);
    }
  }

  private LoggedProcess start(String name, int times) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RegistryMain.class.getName(), folder, String.valueOf(times)));
    return LoggedProcess.start(command, Map.of(), logs.resolve(name + ".log"));
  }

  private static void signal(String name, LoggedProcess process) throws Exception {
    String number = String.valueOf(process.handle().pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, number).start().waitFor());
  }
}

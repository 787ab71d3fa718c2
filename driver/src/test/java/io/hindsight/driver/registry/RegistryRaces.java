package io.hindsight.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processes that want to change the champion of one registry, on any storage. More of them, more
 * often and more stops with {@code -Dhindsight.contenders=8 -Dhindsight.rounds=5000
 * -Dhindsight.stops=50}.
 */
public final class RegistryRaces {
  private static final int CONTENDERS = Integer.getInteger("hindsight.contenders", 3);
  private static final int ROUNDS = Integer.getInteger("hindsight.rounds", 9);
  private static final int STOPS = Integer.getInteger("hindsight.stops", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(10).plusSeconds(ROUNDS);

  /** About as many are in one registry: a promotion lists them all. */
  private static final int ENTRIES = 200;

  private final Storage storage;
  private final String folder;
  private final Path logs;

  /**
   * Races on a storage.
   *
   * @param folder path or URI of what the registries are in
   * @param logs where the processes write what they say
   */
  public RegistryRaces(Storage storage, String folder, Path logs) {
    this.storage = storage;
    this.folder = folder;
    this.logs = logs;
  }

  /** Every change is made once, by the holder of the lease alone, upon the one before it. */
  public void assertNoChangeIsLost() throws Exception {
    int each = Math.max(1, Math.min(ROUNDS, ENTRIES) / CONTENDERS);
    int entries = 2 + CONTENDERS * each;
    List<String> folders = new ArrayList<>();
    for (int made = 0; made < ROUNDS; made += CONTENDERS * each) {
      folders.add(folder + "/after-" + made);
      begin(folders.get(folders.size() - 1));
    }
    List<LoggedProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < CONTENDERS; i++) {
        processes.add(start("contender-" + i, entries, each, folders));
      }
      for (LoggedProcess process : processes) {
        assertEquals(0, process.exitCode(PATIENCE), process.output());
      }
    } finally {
      processes.forEach(LoggedProcess::close);
    }
    for (String place : folders) {
      assertIsOneLine(new Registries(storage, place).registry().history(), entries);
    }
  }

  /** A registry with two versions. */
  private Registries begin(String place) throws IOException {
    Registries registries = new Registries(storage, place);
    registries.promoteAll("a", "b");
    return registries;
  }

  /** Each entry changes what the one before it had left, under a later lease. */
  private static void assertIsOneLine(List<Pointer> newestFirst, int entries) {
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
  public void assertAStaleOwnerIsFenced() throws Exception {
    String place = folder + "/stale";
    Registries registries = begin(place);
    Registry registry = registries.registry();
    try (LoggedProcess owner = start("owner", 0, 0, List.of(place))) {
      for (int round = 0; round < STOPS; round++) {
        awaitEntryOf(owner, registry);
        signal("STOP", owner);
        try (RegistryWriter writer = takeOver(registries)) {
          String other = registry.state().orElseThrow().version().equals("a") ? "b" : "a";
          Pointer mine = writer.promote(other, false, "round " + round);
          signal("CONT", owner);
          awaitLosses(round + 1, owner);
          assertEquals(mine, registry.state().orElseThrow(), owner.output());
        } finally {
          signal("CONT", owner);
        }
      }
    }
  }

  /** A sign of life that was on its way as the owner was stopped refuses the first attempt. */
  private static RegistryWriter takeOver(Registries registries) throws IOException {
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

  private static void awaitEntryOf(LoggedProcess owner, Registry registry) throws Exception {
    while (registry.state().orElseThrow().author().process() != owner.handle().pid()) {
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

  private LoggedProcess start(String name, int entries, int times, List<String> folders)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-Xmx128m"));
    command.addAll(List.of(StandaloneCluster.shortLived().split(" ")));
    command.addAll(List.of("-cp", StandaloneCluster.classPath()));
    command.addAll(List.of(RegistryMain.class.getName(), "" + entries, "" + times));
    command.addAll(folders);
    return LoggedProcess.start(command, Map.of(), logs.resolve(name + ".log"));
  }

  private static void signal(String name, LoggedProcess process) throws Exception {
    String number = String.valueOf(process.handle().pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, number).start().waitFor());
  }
}

package io.hindsight.driver.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Owners in processes of their own, which are raced, killed, stopped and terminated. */
@Timeout(180)
class LeaseProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** A count that is read, increased and written loses nothing if one process at a time does it. */
  @Test
  void shouldBeHeldByOneProcessAtATime() throws Exception {
    int each = 40;
    List<LoggedProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        processes.add(start("count-" + i, "count", String.valueOf(each)));
      }
      for (LoggedProcess process : processes) {
        assertEquals(0, process.exitCode(PATIENCE), process.output());
      }
    } finally {
      processes.forEach(LoggedProcess::close);
    }
    assertEquals(3 * each, Integer.parseInt(Files.readString(folder.resolve("count"))));
  }

  /** With a bound on silence of half an hour, so the killed one is known to have ended. */
  @Test
  void shouldBeFreeAtOnceWhenItsOwnerIsKilledOnTheSameMachine() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/ns/pid")), "known at once on Linux only");
    try (LoggedProcess owner = start("owner", "write")) {
      awaitLines(1, owner);
      owner.handle().destroyForcibly();
      owner.exitCode(PATIENCE);
    }
    try (Lease lease = Leases.acquire(folder, Leases.PATIENT)) {
      assertEquals(2, lease.number());
    }
  }

  @Test
  void shouldStopAnOwnerThatStoodStillBeforeItWritesAgain() throws Exception {
    try (LoggedProcess owner = start("owner", "write")) {
      awaitLines(20, owner);
      signal("STOP", owner);
      try (Lease lease = Leases.acquire(folder, Leases.QUICK)) {
        assertEquals(2, lease.number());
        List<String> before = lines();
        signal("CONT", owner);
        assertEquals(0, owner.exitCode(PATIENCE));
        // The one line for which it had asked just before it was stopped, if it was stopped there.
        assertTrue(lines().size() <= before.size() + 1, before.size() + " → " + lines().size());
        String process = "process " + ProcessHandle.current().pid() + " on host";
        assertTrue(owner.output().contains("LOST true"), owner.output());
        assertTrue(owner.output().contains(process), owner.output());
        lease.require();
      }
    }
  }

  @Test
  void shouldBeReleasedOnSigterm() throws Exception {
    try (LoggedProcess owner = start("owner", "write")) {
      awaitLines(1, owner);
      owner.handle().destroy();
      assertEquals(143, owner.exitCode(PATIENCE), owner.output());
    }
    String claim = Leases.read(new LocalStorage(), folder.toString(), 1);
    assertTrue(claim.contains("\"state\":\"released\""), claim);
  }

  private LoggedProcess start(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-Xmx128m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LeaseMain.class.getName());
    command.addAll(List.of(arguments));
    command.add(folder.toString());
    return LoggedProcess.start(command, Map.of(), folder.resolve(name + ".log"));
  }

  private List<String> lines() throws IOException {
    Path lines = folder.resolve("lines");
    return Files.exists(lines) ? Files.readAllLines(lines) : List.of();
  }

  private void awaitLines(int count, LoggedProcess owner) throws Exception {
    while (lines().size() < count) {
      assertTrue(owner.handle().isAlive(), owner.output());
      Thread.sleep(5);
    }
  }

  private static void signal(String name, LoggedProcess process) throws Exception {
    String number = String.valueOf(process.handle().pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, number).start().waitFor());
  }
}

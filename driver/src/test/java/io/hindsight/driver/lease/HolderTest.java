package io.hindsight.driver.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HolderTest {
  private final Holder here = Holder.current();

  @BeforeEach
  void requireLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self/ns/pid")), "tells processes apart on Linux only");
  }

  @Test
  void shouldKnowThisProcess() {
    assertEquals(ProcessHandle.current().pid(), here.process());
    assertTrue(here.startTicks() > 0);
    assertFalse(here.hasEnded());
    assertEquals(here, Holder.current());
  }

  @Test
  void shouldKnowThatAProcessHasEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    Holder child = with(process.pid(), startOf(process.pid()));
    assertFalse(child.hasEnded());
    process.destroyForcibly().waitFor();
    assertTrue(child.hasEnded());
  }

  @Test
  void shouldNotTakeANumberThatWasGivenAgainForTheProcess() {
    assertTrue(with(here.process(), here.startTicks() - 1).hasEnded());
  }

  /** Whoever counts processes otherwise, or may not see them, must not say that one is gone. */
  @Test
  void shouldSayNothingOfOtherMachinesNamespacesAndUsers() {
    long none = Integer.MAX_VALUE;
    assertTrue(with(none, 5).hasEnded());
    String machine = here.machine();
    String user = here.user();
    assertFalse(new Holder("other", none, 5, machine, user).hasEnded());
    assertFalse(new Holder(here.host(), none, 5, machine + "1", user).hasEnded());
    assertFalse(new Holder(here.host(), none, 5, "", user).hasEnded());
    assertFalse(new Holder(here.host(), none, -1, machine, user).hasEnded());
    assertFalse(new Holder(here.host(), none, 5, machine, "somebody-else").hasEnded());
  }

  private Holder with(long process, long start) {
    return new Holder(here.host(), process, start, here.machine(), here.user());
  }

  private static long startOf(long process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
  }
}

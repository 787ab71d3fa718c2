package io.hindsight.driver.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** It reads another number of ticks for when this process began. */
  @Test
  void shouldLiveForAProcessWhoseClockSinceTheBootIsAnother() throws Exception {
    assertEquals("lives", asked(List.of()));
    List<String> clock = List.of("unshare", "--time", "--monotonic", "0", "--boottime", "3600");
    assumeTrue(isPermitted(clock), "needs the right to make time namespaces");
    assertEquals("lives", asked(clock));
  }

  private String asked(List<String> before) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HolderMain.class.getName(), here.host(), "" + here.process()));
    command.addAll(List.of("" + here.startTicks(), here.machine(), here.user()));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.strip();
  }

  private static boolean isPermitted(List<String> before) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private Holder with(long process, long start) {
    return new Holder(here.host(), process, start, here.machine(), here.user());
  }

  private static long startOf(long process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
  }
}

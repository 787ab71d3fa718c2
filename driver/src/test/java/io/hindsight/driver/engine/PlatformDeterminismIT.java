package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden hashes on other Java machines, each a process of its own. */
class PlatformDeterminismIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir private Path folder;

  @Test
  void shouldHoldInTheInterpreter() throws Exception {
    check(JAVA_HOME, 20, "-Xint");
  }

  @Test
  void shouldHoldWithVectorsOfFourLanes() throws Exception {
    check(JAVA_HOME, 200, "-XX:UseAVX=2");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 256, 128, 0})
  void shouldHoldWithVectorsOfAnyWidth(int bits) throws Exception {
    check(JAVA_HOME, 200, "-Dhindsight.vector-bits=" + bits);
  }

  /** Without AVX there is no fused multiply-add, and Java computes it in decimal numbers. */
  @Test
  void shouldHoldWithoutHardwareMultiplyAdd() throws Exception {
    check(JAVA_HOME, 2, "-XX:UseAVX=0");
  }

  @Test
  void shouldHoldOnTheNextJdk() throws Exception {
    Optional<Path> next = SecondJdk.find();
    if (next.isEmpty()) {
      System.err.println("skipped: no second JDK; name the home of one by -Dhindsight.jdk25");
    }
    assumeTrue(next.isPresent(), "no second JDK");
    check(next.get(), 200);
  }

  private void check(Path home, int steps, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GoldenHashMain.class.getName(), "" + steps));
    Path log = folder.resolve("java.log");
    try (LoggedProcess java = LoggedProcess.start(command, Map.of(), log)) {
      assertEquals(0, java.exitCode(PATIENCE), java.output());
      for (GoldenCase golden : GoldenCase.values()) {
        String line = GoldenHashes.key(golden, steps) + "=" + GoldenHashes.of(golden, steps);
        assertTrue(java.output().contains(line), line + " is not in\n" + java.output());
      }
    }
  }
}

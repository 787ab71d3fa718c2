package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.kernels.math.choice.OpsProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The golden hashes on other Java machines, each a process of its own, with the implementation that
 * it is expected to choose; those that compute slowly train on few sequences.
 */
@Tag("vectors")
class PlatformDeterminismIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String FEW = GoldenHashes.FEW + 2;
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final Set<String> X86 = Set.of("amd64", "x86_64");
  private static final String WIDTH = "-D" + OpsProvider.PROPERTY + "=";

  @TempDir private Path folder;

  /** Shorter than {@link DeterminismTest}, which trains at the widest. */
  @ParameterizedTest
  @CsvSource({"512, simd-512", "256, simd-256", "128, simd-128", "0, reference"})
  void shouldHoldAtEveryWidth(int bits, String kernels) throws Exception {
    assumeFits(bits);
    check(JAVA_HOME, kernels, "50", WIDTH + bits);
  }

  @ParameterizedTest
  @CsvSource({"512, simd-512, 200", "256, simd-256, 50", "0, reference, 50"})
  void shouldHoldAtEveryWidthOnTheNextJdk(int bits, String kernels, String steps) throws Exception {
    assumeFits(bits);
    Optional<Path> next = SecondJdk.find();
    if (next.isEmpty()) {
      System.err.println("skipped: no second JDK; name the home of one by -Dhindsight.jdk25");
    }
    assumeTrue(next.isPresent(), "no second JDK");
    check(next.get(), kernels, steps, WIDTH + bits);
  }

  @Test
  void shouldHoldInTheInterpreter() throws Exception {
    check(JAVA_HOME, "reference", GoldenHashes.FEW + 20, "-Xint");
  }

  /** Where every vector is an object. */
  @Test
  void shouldHoldWithVectorsInTheInterpreter() throws Exception {
    check(JAVA_HOME, "simd-512", FEW, "-Xint", WIDTH + 512);
  }

  @Test
  void shouldHoldOnAProcessorWithVectorsOfFourLanes() throws Exception {
    assumeX86();
    check(JAVA_HOME, "simd-256", "50", "-XX:UseAVX=2");
  }

  @Test
  void shouldHoldOnAProcessorWithoutVectorsOfIntegers() throws Exception {
    assumeX86();
    check(JAVA_HOME, "reference", FEW, "-XX:UseAVX=1");
  }

  /** Without AVX there is no fused multiply-add, and Java computes it in decimal numbers. */
  @Test
  void shouldHoldOnAProcessorWithoutMultiplyAdd() throws Exception {
    assumeX86();
    check(JAVA_HOME, "reference", FEW, "-XX:UseAVX=0");
  }

  /** Vectors wider than the processor's registers are objects, and too slow for so many steps. */
  private static void assumeFits(int bits) {
    String widest = OpsProvider.get().name();
    assumeTrue(
        bits == 0 || widest.compareTo("simd-" + bits) >= 0,
        () -> "this processor runs " + widest + ", not " + bits + " bits");
  }

  private static void assumeX86() {
    assumeTrue(X86.contains(System.getProperty("os.arch")), "the option is of x86");
  }

  private void check(Path home, String kernels, String training, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GoldenHashMain.class.getName(), training));
    Path log = folder.resolve("java.log");
    try (LoggedProcess java = LoggedProcess.start(command, Map.of(), log)) {
      assertEquals(0, java.exitCode(PATIENCE), java.output());
      assertPrinted("kernels=" + kernels, java.output());
      for (GoldenCase golden : GoldenCase.values()) {
        String hash = GoldenHashes.of(golden, training);
        assertPrinted(GoldenHashes.key(golden, training) + "=" + hash, java.output());
      }
    }
  }

  private static void assertPrinted(String line, String output) {
    assertTrue(output.lines().anyMatch(line::equals), line + " is not in\n" + output);
  }
}

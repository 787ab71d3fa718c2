package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mistake is answered with its place, the value and a remedy, the right exit code, no stack
 * trace, and leaves no model behind.
 */
class UserMistakesIT {
  /** The JUnit folder of the class holds the bench; each mistake gets one of its own. */
  @TempDir static Path shared;

  private static final ByteArrayOutputStream LOGGED = new ByteArrayOutputStream();
  private static PrintStream standardError;
  private static Workbench bench;
  private static CommandLineRun withoutMaster;
  private static CommandLineRun withoutSuchMaster;
  private static String logged;

  @TempDir Path dir;

  @BeforeAll
  static void start() throws IOException {
    standardError = System.err;
    System.setErr(new PrintStream(LOGGED, true, StandardCharsets.UTF_8));
    TestSession.stop();
    TestSession.logAsTheLauncherDoes();
    bench = new Workbench(shared);
    Path config = Workbench.config(shared, Workbench.FORECAST, bench.table());
    withoutMaster = CommandLineRun.of("gradcheck", config.toString());
    withoutSuchMaster =
        CommandLineRun.of("gradcheck", config.toString(), "--master", "sparc://here");
    logged = LOGGED.toString(StandardCharsets.UTF_8);
    System.clearProperty("spark.master");
    TestSession.start();
  }

  @AfterAll
  static void end() {
    System.setErr(standardError);
  }

  /** Properties of a command line stay set in its process; the session's own do not change. */
  @AfterEach
  void forgetProperties() {
    PlanMistakes.PROPERTIES.forEach(System::clearProperty);
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
            UsageMistakes.all(),
            PlanMistakes.all(),
            ConfigurationMistakes.all(),
            DataMistakes.all(),
            ModelMistakes.all(),
            StartMistakes.all(),
            ExchangeMistakes.all(),
            RegistryMistakes.all())
        .flatMap(all -> all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void shouldTellPlaceValueAndRemedy(Mistake mistake) throws IOException {
    List<String> command = mistake.command().in(bench, dir);
    LOGGED.reset();
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(mistake.exit(), run.code(), run.err());
    mistake.toldIn(dir).forEach(told -> assertTold(told, run.err()));
    assertEquals("", run.out());
    assertNoStackTrace(run.err());
    assertNoStackTrace(LOGGED.toString(StandardCharsets.UTF_8));
    assertNoModel();
  }

  @Test
  void shouldHoldFortyKindsOfMistakeAndMore() {
    List<Mistake> all = mistakes().toList();
    long usage = all.stream().filter(mistake -> mistake.exit() == Mistake.USAGE).count();
    assertEquals(all.size(), all.stream().map(Mistake::title).distinct().count());
    assertTrue(all.size() >= 50, "mistakes: " + all.size());
    assertTrue(usage >= 25, "usage and configuration: " + usage);
    assertTrue(all.size() - usage >= 25, "data, models and divergence: " + (all.size() - usage));
  }

  @Test
  void shouldAskForAMaster() {
    assertEquals(2, withoutMaster.code(), withoutMaster.err());
    assertTold("no Spark master is set", withoutMaster.err());
    assertTold("--master local[*]", withoutMaster.err());
    assertNoStackTrace(withoutMaster.err());
  }

  @Test
  void shouldRefuseAMasterOfNoKnownForm() {
    assertEquals(2, withoutSuchMaster.code(), withoutSuchMaster.err());
    assertTold("sparc://here", withoutSuchMaster.err());
    assertTold("use local[*]", withoutSuchMaster.err());
    assertNoStackTrace(withoutSuchMaster.err());
    assertNoStackTrace(logged);
  }

  private static void assertTold(String expected, String told) {
    assertTrue(told.contains(expected), () -> "'" + expected + "' is not in: " + told);
  }

  private static void assertNoStackTrace(String text) {
    assertFalse(text.contains("\tat "), text);
    assertFalse(text.contains("Exception in"), text);
    assertFalse(text.contains("Caused by"), text);
  }

  private void assertNoModel() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      List<Path> models =
          files
              .filter(file -> !file.toString().contains("/diverged/"))
              .filter(file -> file.getFileName().toString().matches("MANIFEST.json|model"))
              .toList();
      assertEquals(List.of(), models);
    }
  }
}

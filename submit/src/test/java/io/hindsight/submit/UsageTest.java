package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @AfterEach
  void forgetSparkProperties() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.test.colour");
  }

  @Test
  void shouldListEveryCommandAndExitCodeInTheHelp() {
    CommandLineRun run = CommandLineRun.of("--help");
    assertEquals(0, run.code());
    for (String command :
        new String[] {
          "train",
          "evaluate",
          "predict",
          "sample",
          "export",
          "import",
          "find-rate",
          "report",
          "diagnose",
          "gradcheck",
          "replay",
          "validate",
          "prepare",
          "prune-store",
          "plan",
          "bench",
          "retrain",
          "publish",
          "promote",
          "rollback",
          "pin",
          "unpin",
          "history",
          "status",
          "prune"
        }) {
      assertTrue(run.out().contains("\n  " + command + " "), run.out());
    }
    for (int code = 0; code <= 8; code++) {
      assertTrue(run.out().contains("\n  " + code + " "), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "predict",
        "sample",
        "export",
        "import",
        "find-rate",
        "report",
        "diagnose",
        "gradcheck",
        "replay",
        "validate",
        "prepare",
        "prune-store",
        "plan",
        "bench",
        "retrain",
        "publish",
        "promote",
        "rollback",
        "pin",
        "unpin",
        "history",
        "status",
        "prune"
      })
  void shouldExplainEachCommandWithTheCommonOptions(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");
    assertEquals(0, run.code(), run.err());
    for (String option : new String[] {"--set", "--master", "--conf", "--stacktrace", "--help"}) {
      assertTrue(run.out().contains(option), run.out());
    }
  }

  @Test
  void shouldNameTheVersionsOfHindsightJavaAndSpark() {
    CommandLineRun run = CommandLineRun.of("--version");
    assertEquals(0, run.code());
    assertTrue(
        run.out().matches("(?s)hindsight \\d.*\\Rjava \\d.*\\Rspark \\d+\\.\\d+\\.\\d+\\R"),
        run.out());
  }

  @Test
  void shouldAskForACommand() {
    assertIsUsageError(CommandLineRun.of(), "Missing command");
  }

  @Test
  void shouldSuggestTheNearestCommand() {
    assertIsUsageError(CommandLineRun.of("trian", "x.yaml"), "train");
  }

  @Test
  void shouldSuggestTheNearestOption() {
    assertIsUsageError(CommandLineRun.of("validate", "--maser", "local"), "--master");
  }

  @Test
  void shouldNameTheMissingArgument() {
    assertIsUsageError(CommandLineRun.of("train"), "CONFIG");
  }

  @Test
  void shouldAskWhichRunToResume() {
    assertIsUsageError(CommandLineRun.of("train", "x.yaml", "--resume"), "--run-dir");
  }

  @Test
  void shouldNameTheNumberThatIsNone() {
    assertIsUsageError(
        CommandLineRun.of("sample", "--model", "m", "--prime", "a", "--length", "ten"), "'ten'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1", "Infinity"})
  void shouldRefuseATemperatureThatIsNone(String temperature) {
    assertIsUsageError(
        CommandLineRun.of("sample", "--model", "m", "--prime", "a", "--temperature", temperature),
        "--temperature must be a number of 0 or more, but is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.test.colour", "test.colour=red"})
  void shouldRefuseASparkPropertyThatIsNone(String setting) {
    assertIsUsageError(
        CommandLineRun.of("validate", "x.yaml", "--conf", setting), "'" + setting + "'");
  }

  @Test
  void shouldHandMasterAndPropertiesToSpark() {
    CommandLineRun.of(
        "validate", "absent.yaml", "--master", "local[3]", "--conf", "spark.test.colour=a=b");
    assertEquals("local[3]", System.getProperty("spark.master"));
    assertEquals("a=b", System.getProperty("spark.test.colour"));
  }

  private static void assertIsUsageError(CommandLineRun run, String expected) {
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertTrue(run.err().contains("--help"), run.err());
    assertEquals("", run.out());
    assertFalse(run.showsStackTrace());
  }

  @Test
  void shouldSayWhenNewDataNeedsTargets() {
    String help = CommandLineRun.of("predict", "--help").out().replaceAll("\\s+", " ");
    assertTrue(
        help.contains("needs the target columns only where the model answers changes"), help);
    assertFalse(help.contains("needs no targets"), help);
  }
}

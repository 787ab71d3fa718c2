package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that schedules call, with a launcher in a process of its own that ends as told. */
class RetrainScriptTest {
  private static final String SCRIPT = "schedules/retrain";
  private static final String AS_OF = "2026-11-01T00:00:00Z";

  /** Notes its arguments, and ends with the next of the codes. */
  private static final String ENDS =
      """
      printf '%s\\n' "$*" >>"$FOLDER/calls"
      read -r -a codes <"$FOLDER/codes"
      exit "${codes[$(($(wc -l <"$FOLDER/calls") - 1))]}"
      """;

  /** Works until the file 'go' is there; SIGTERM lets it save. */
  private static final String WORKS =
      """
      trap 'sleep 0.3; echo saved >"$FOLDER/saved"; exit 6' TERM
      echo "$$" >"$FOLDER/works.new" && mv "$FOLDER/works.new" "$FOLDER/works"
      until [[ -e $FOLDER/go ]]; do sleep 0.02; done
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void setUp() throws IOException {
    environment.put("FOLDER", folder.toString());
    environment.put("HINDSIGHT_LOCKS", folder.resolve("locks").toString());
    environment.put("HINDSIGHT_PAUSE", "0");
    environment.put("HINDSIGHT_LATE_PAUSE", "0");
    environment.put("AS_OF", AS_OF);
    launcher(ENDS);
    codes("0");
  }

  @Test
  void shouldGiveTheLauncherRegistryInstantAndOptions() throws Exception {
    assertEquals(0, retrain("registry", "--set", "seed=1").code());
    assertEquals(
        List.of("retrain " + config() + " --registry registry --as-of " + AS_OF + " --set seed=1"),
        calls());
  }

  @ParameterizedTest
  @CsvSource({"--as-of=hour", "--as-of " + AS_OF, "--from " + AS_OF + " --to 2026-12-01T00:00:00Z"})
  void shouldLeaveTheWindowToOptionsThatHaveOne(String options) throws Exception {
    assertEquals(0, retrain("registry", options.split(" ")).code());
    assertEquals(List.of("retrain " + config() + " --registry registry " + options), calls());
  }

  /** The codes of the launcher, one after the other; the last one counts. */
  @ParameterizedTest
  @CsvSource({
    "0", "1", "2", "3", "4", "7", "8", "137", "5 0", "6 0", "5 6 0", "6 3", "5 5 6", "8 8 0"
  })
  void shouldTryAgainOnlyWhatTimeMends(String codes) throws Exception {
    codes(codes);
    environment.put("HINDSIGHT_RETRIES", "2");
    environment.put("HINDSIGHT_LATE_RETRIES", codes.contains("8 8") ? "2" : "0");
    String[] each = codes.split(" ");
    CommandLineRun run = retrain("registry");
    assertEquals(Integer.parseInt(each[each.length - 1]), run.code(), run.err());
    assertEquals(each.length, calls().size(), run.err());
    assertEquals(1, calls().stream().distinct().count(), run.err());
  }

  @Test
  void shouldWaitLongerEachTimeUpToALimit() throws Exception {
    codes("5 6 5 6 5");
    environment.putAll(Map.of("HINDSIGHT_RETRIES", "4", "HINDSIGHT_PAUSE", "1"));
    Shell.program(folder.resolve("bin/sleep"), "exit 0\n"); // so that nobody waits
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("HINDSIGHT_LONGEST_PAUSE", "3");
    CommandLineRun run = retrain("registry");
    assertEquals(5, run.code());
    for (String told : List.of("code 5; the same again in 1 s", "in 2 s", "in 3 s")) {
      assertTrue(run.err().contains(told), run.err());
    }
    assertEquals(2, run.err().split("in 3 s").length - 1, run.err());
  }

  @Test
  void shouldStandForTheLastMidnight() throws Exception {
    environment.remove("AS_OF");
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    assertEquals(0, retrain("registry").code());
    LocalDate after = LocalDate.now(ZoneOffset.UTC);
    String call = calls().get(0);
    assertTrue(
        List.of(before, after).stream().anyMatch(day -> call.endsWith(day + "T00:00:00Z")), call);
  }

  @Test
  void shouldStandForTheSameWhenItIsStartedAgain() throws Exception {
    environment.put("AS_OF_FILE", folder.resolve("as-of").toString());
    codes("8 8");
    assertEquals(8, retrain("registry").code());
    environment.put("AS_OF", "midnight");
    assertEquals(8, retrain("registry").code());
    assertEquals(calls().get(0), calls().get(1));
  }

  @Test
  void shouldPassSigtermOnAndWaitForWhatIsSaved() throws Exception {
    launcher(WORKS);
    Process script = start("registry");
    until(() -> Files.exists(folder.resolve("works")));
    script.destroy();
    assertEquals(6, ended(script));
    assertTrue(Files.exists(folder.resolve("saved")));
  }

  @Test
  void shouldTellAnInterruptionWhereTheLauncherDiesOfIt() throws Exception {
    launcher(WORKS.replaceAll("trap .*\n", ""));
    Process script = start("registry");
    until(() -> Files.exists(folder.resolve("works")));
    script.destroy();
    assertEquals(6, ended(script));
  }

  @Test
  void shouldEndAPauseBySigterm() throws Exception {
    codes("5");
    environment.put("HINDSIGHT_PAUSE", "600");
    Process script = start("registry");
    until(() -> Files.readString(folder.resolve("err")).contains("again in 600 s"));
    script.destroy();
    assertEquals(5, ended(script));
    assertEquals(1, calls().size());
  }

  @Test
  void shouldRunOneAtATimeForEachRegistry() throws Exception {
    launcher(WORKS);
    String registry = folder.resolve("registry").toString();
    Process first = start(registry);
    until(() -> Files.exists(folder.resolve("works")));
    launcher(ENDS);
    for (String same : List.of(registry, registry + "/")) {
      CommandLineRun second = retrain(same);
      assertEquals(5, second.code(), second.err());
      String told = "another retraining of '" + registry + "' runs here: process " + first.pid();
      assertTrue(second.err().contains(told), second.err());
    }
    assertEquals(0, retrain(registry + "-2").code());
    Files.createFile(folder.resolve("go"));
    assertEquals(0, ended(first));
    Files.delete(folder.resolve("calls"));
    assertEquals(0, retrain(registry).code());
  }

  /** Or a second one would train beside it. */
  @Test
  void shouldKeepTheLockWhileTheLauncherOfAKilledScriptWorks() throws Exception {
    launcher(WORKS);
    Process script = start("registry");
    until(() -> Files.exists(folder.resolve("works")));
    long worker = Long.parseLong(Files.readString(folder.resolve("works")).strip());
    script.destroyForcibly();
    ended(script);
    launcher(ENDS);
    assertEquals(5, retrain("registry").code());
    Files.createFile(folder.resolve("go"));
    until(() -> ProcessHandle.of(worker).isEmpty());
    assertEquals(0, retrain("registry").code());
  }

  @ParameterizedTest
  @CsvSource({
    "AS_OF, 2026-11-01, 'AS_OF is ''2026-11-01'', but must be midnight, hour, or an instant'",
    "AS_OF, 2026-11-01T00:00:00+01:00, but must be midnight",
    "HINDSIGHT_RETRIES, many, 'HINDSIGHT_RETRIES is ''many'', but must be a whole number'",
    "HINDSIGHT, /absent, 'HINDSIGHT is ''/absent'', which cannot be run'",
    "HINDSIGHT_LOCKS, /dev/null/locks, 'name another in HINDSIGHT_LOCKS'"
  })
  void shouldRefuseAWrongVariable(String name, String value, String message) throws Exception {
    environment.put(name, value);
    CommandLineRun run = retrain("registry");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(List.of(), calls());
  }

  @Test
  void shouldRefuseAnUnknownZoneAndMissingArguments() throws Exception {
    environment.putAll(Map.of("AS_OF", "midnight", "AS_OF_ZONE", "Europe/Atlantis"));
    CommandLineRun run = retrain("registry");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("AS_OF_ZONE is 'Europe/Atlantis', which"), run.err());
    CommandLineRun nothing = Shell.bash(folder, environment, SCRIPT);
    assertEquals(2, nothing.code());
    assertTrue(nothing.err().contains("CONFIG and REGISTRY are needed"), nothing.err());
  }

  private void launcher(String text) throws IOException {
    Path file = folder.resolve("launcher-" + text.hashCode());
    environment.put("HINDSIGHT", Shell.program(file, text).toString());
  }

  private void codes(String codes) throws IOException {
    Files.writeString(folder.resolve("codes"), codes + " 0 0 0\n");
  }

  private List<String> calls() throws IOException {
    Path file = folder.resolve("calls");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static String config() {
    return Path.of("../conf/quickstart.yaml").toString();
  }

  private CommandLineRun retrain(String registry, String... options) throws Exception {
    return Shell.run(folder, environment, command(registry, options));
  }

  private Process start(String registry) throws IOException {
    return Shell.start(
        environment, command(registry), folder.resolve("out"), folder.resolve("err"));
  }

  private static List<String> command(String registry, String... options) {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT, config(), registry));
    command.addAll(List.of(options));
    return command;
  }

  private static int ended(Process process) throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    return process.exitValue();
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 3_000; i++) {
      if (condition.call()) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("not within a minute");
  }
}

package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files for schedulers: each is sound, and does the right thing for every exit code. */
class SchedulesTest {
  private static final String FOLDER = "/opt/hindsight";
  private static final Set<Integer> FOR_A_HUMAN = Set.of(1, 2, 3, 4, 7);
  private static final Set<Integer> FOR_LATER = Set.of(5, 6, 8);
  private static final Set<String> METRICS =
      Stream.of(
              "last_attempt_timestamp_seconds",
              "last_success_timestamp_seconds",
              "last_promotion_timestamp_seconds",
              "attempts_total",
              "rejected_total",
              "failed_total",
              "late_total",
              "duration_seconds",
              "rows",
              "drift",
              "last_exit_status")
          .map(name -> "hindsight_retrain_" + name)
          .collect(Collectors.toSet());

  @TempDir private Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void setUp() throws IOException {
    Path launcher =
        Shell.program(folder.resolve("launcher"), "echo \"$*\" >>\"$CALLS\"; exit \"$CODE\"\n");
    environment.put("HINDSIGHT", launcher.toString());
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("HINDSIGHT_LOCKS", folder.resolve("locks").toString());
    environment.put("HINDSIGHT_PAUSE", "0");
    environment.put("HINDSIGHT_LATE_PAUSE", "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hindsight-retrain.service",
        "hindsight-retrain.timer",
        "hindsight-failed@.service"
      })
  void shouldBeUnitsThatSystemdTakes(String unit) throws Exception {
    assumeTrue(Shell.has("systemd-analyze"));
    Path units = Files.createDirectories(folder.resolve("units"));
    for (Path file : DeploymentFilesTest.matching(Path.of("schedules"), "hindsight-.*")) {
      Files.writeString(units.resolve(file.getFileName()), here(Files.readString(file)));
    }
    List<String> command = List.of("systemd-analyze", "verify", units.resolve(unit).toString());
    CommandLineRun run = Shell.run(folder, Map.of(), command);
    assertEquals(new CommandLineRun(0, "", ""), run);
  }

  @Test
  void shouldRestartAUnitAfterWhatTimeMendsOnly() throws IOException {
    Map<String, String> unit =
        DeploymentFilesTest.properties(Path.of("schedules/hindsight-retrain.service"));
    assertEquals("on-failure", unit.get("Restart"));
    Set<Integer> prevented =
        Stream.of(unit.get("RestartPreventExitStatus").split(" "))
            .filter(status -> status.matches("\\d+"))
            .map(Integer::valueOf)
            .collect(Collectors.toSet());
    assertTrue(prevented.containsAll(FOR_A_HUMAN), "" + prevented);
    assertEquals(
        FOR_LATER,
        IntStream.rangeClosed(1, 8)
            .filter(code -> !prevented.contains(code))
            .boxed()
            .collect(Collectors.toSet()));
    assertTrue(
        unit.get("Environment").contains("AS_OF_FILE=/run/" + unit.get("RuntimeDirectory") + "/"));
    assertEquals("restart", unit.get("RuntimeDirectoryPreserve"));
    assertEquals("true", timer().get("Persistent"));
    assertTrue(timer().get("OnCalendar").endsWith(" UTC"));
  }

  private static Map<String, String> timer() throws IOException {
    return DeploymentFilesTest.properties(Path.of("schedules/hindsight-retrain.timer"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 8})
  void shouldRunTheCommandOfTheUnit(int code) throws Exception {
    environment.putAll(Map.of("CODE", "" + code, "HINDSIGHT_RETRIES", "1"));
    String command =
        DeploymentFilesTest.properties(Path.of("schedules/hindsight-retrain.service"))
            .get("ExecStart");
    CommandLineRun run = Shell.bash(folder, environment, here(command).split(" "));
    assertEquals(code, run.code(), run.err());
    assertEquals(code == 5 ? 2 : 1, Files.readAllLines(folder.resolve("calls")).size());
  }

  /** cron mails what is printed. */
  @ParameterizedTest
  @CsvSource({"0, ''", "3, 'ended with exit code 3; see '", "8, 'ended with exit code 8; see '"})
  void shouldPrintInTheCrontabOnlyWhatAHumanMustKnow(int code, String printed) throws Exception {
    environment.put("CODE", "" + code);
    String command = "";
    for (String line : Files.readAllLines(Path.of("schedules/crontab"))) {
      if (line.matches("[A-Z_]+=.*")) {
        environment.put(line.split("=")[0], line.split("=")[1]);
      } else if (!line.startsWith("#")) {
        assertTrue(line.matches("([0-9*/,-]+ ){5}[^%]+"), line);
        command = line.replaceFirst("([0-9*/,-]+ ){5}", "");
      }
    }
    CommandLineRun run = Shell.run(folder, environment, List.of("/bin/sh", "-c", here(command)));
    assertEquals("", run.err());
    assertTrue(printed.isEmpty() ? run.out().isEmpty() : run.out().contains(printed), run.out());
    int retries = code == 8 ? Integer.parseInt(environment.get("HINDSIGHT_LATE_RETRIES")) : 0;
    assertEquals(1 + retries, Files.readAllLines(folder.resolve("calls")).size());
  }

  @Test
  void shouldEndAJobOfKubernetesWhereTimeDoesNotHelp() throws IOException {
    Map<?, ?> cron = section(yaml(Path.of("kubernetes/retrain.yaml")), "spec");
    assertEquals("Forbid", cron.get("concurrencyPolicy"));
    assertEquals("Etc/UTC", cron.get("timeZone"));
    Map<?, ?> job = section(cron, "jobTemplate", "spec");
    List<?> rules = (List<?>) section(job, "podFailurePolicy").get("rules");
    Map<?, ?> first = (Map<?, ?>) rules.get(0);
    assertEquals("FailJob", first.get("action"));
    assertEquals("In", section(first, "onExitCodes").get("operator"));
    List<?> codes = (List<?>) section(first, "onExitCodes").get("values");
    assertEquals(FOR_A_HUMAN, Set.copyOf(codes));
    Map<?, ?> pod = section(job, "template", "spec");
    assertEquals("Never", pod.get("restartPolicy"));
    Map<?, ?> driver = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
    assertEquals(section(first, "onExitCodes").get("containerName"), driver.get("name"));
    String script = (String) ((List<?>) driver.get("args")).get(0);
    assertTrue(Files.isExecutable(Path.of(script.replace(FOLDER, ".."))), script);
  }

  @Test
  void shouldGiveTheOperatorAnApplicationAsSecureAsTheScript() throws IOException {
    Map<?, ?> scheduled = yaml(Path.of("schedules/spark-operator.yaml"));
    assertEquals("sparkoperator.k8s.io/v1beta2", scheduled.get("apiVersion"));
    assertEquals("ScheduledSparkApplication", scheduled.get("kind"));
    assertEquals("Forbid", section(scheduled, "spec").get("concurrencyPolicy"));
    Map<?, ?> application = section(scheduled, "spec", "template");
    assertEquals("retrain", ((List<?>) application.get("arguments")).get(0));
    assertEquals(Hindsight.class.getName(), application.get("mainClass"));
    Map<String, String> theirs =
        DeploymentFilesTest.properties(Path.of("../conf/spark-kubernetes.conf"));
    Map<?, ?> settings = section(application, "sparkConf");
    settings.forEach((name, value) -> assertEquals(theirs.get(name), value, "" + name));
    Set<String> elsewhere = new TreeSet<>(theirs.keySet());
    elsewhere.removeAll(settings.keySet());
    elsewhere.removeIf(name -> name.matches("spark\\.(kubernetes|driver|executor)\\..*"));
    assertEquals(Set.of(), elsewhere);
    int retries = (int) section(application, "restartPolicy").get("onFailureRetries");
    int seconds = (int) section(application, "restartPolicy").get("onFailureRetryInterval");
    assertTrue(retries * seconds < 6 * 3600, "tries go on after midnight");
  }

  @Test
  void shouldAlertOnMetricsThatThereAre() throws IOException {
    Path file = Path.of("schedules/alerts.yaml");
    List<?> groups = (List<?>) yaml(file).get("groups");
    List<?> rules = (List<?>) ((Map<?, ?>) groups.get(0)).get("rules");
    Set<String> used = new TreeSet<>();
    for (Object rule : rules) {
      String expression = (String) ((Map<?, ?>) rule).get("expr");
      Pattern.compile("hindsight_\\w+")
          .matcher(expression)
          .results()
          .map(MatchResult::group)
          .forEach(used::add);
      assertFalse(section((Map<?, ?>) rule, "annotations").isEmpty());
    }
    assertTrue(METRICS.containsAll(used), "" + used);
    for (String needed : List.of("success", "attempt", "promotion")) {
      assertTrue(used.stream().anyMatch(name -> name.contains("last_" + needed)), needed);
    }
  }

  /** The rules by their own tool, over what a registry tells in two days. */
  @Test
  void shouldFireWhatPrometheusWouldFire() throws Exception {
    assumeTrue(Shell.has("promtool"));
    Path rules = Path.of("schedules/alerts.yaml").toAbsolutePath();
    Path cases = Path.of("src/test/resources/alerts-test.yaml");
    Files.copy(rules, folder.resolve("alerts.yaml"));
    Path copy = Files.copy(cases, folder.resolve("alerts-test.yaml"));
    CommandLineRun run =
        Shell.run(folder, Map.of(), List.of("promtool", "test", "rules", copy.toString()));
    assertEquals(0, run.code(), run.out() + run.err());
  }

  /** A file's text, for a folder and data that are there. */
  private String here(String text) {
    return text.replace(FOLDER, Path.of("..").toAbsolutePath().normalize().toString())
        .replace("/etc/hindsight/co2.yaml", config())
        .replace("/var/log/hindsight", folder.toString())
        .replace("/var/lib/hindsight", folder.toString());
  }

  private static String config() {
    return Path.of("../conf/quickstart.yaml").toAbsolutePath().normalize().toString();
  }

  private static Map<?, ?> yaml(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    return (Map<?, ?>) load.loadFromString(Files.readString(file));
  }

  private static Map<?, ?> section(Map<?, ?> from, String... names) {
    Map<?, ?> section = from;
    for (String name : names) {
      section = (Map<?, ?>) section.get(name);
    }
    return section;
  }
}

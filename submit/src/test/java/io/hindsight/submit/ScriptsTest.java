package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that start a training on a cluster: what they check, and what Spark gets of them. */
class ScriptsTest {
  @TempDir private Path folder;

  static List<Path> scripts() throws IOException {
    List<Path> all =
        new ArrayList<>(
            List.of(
                Path.of("hindsight"),
                Path.of("checks.sh"),
                Path.of("instants.sh"),
                Path.of("locale.sh"),
                Path.of("release.sh"),
                Path.of("../conf/experiments/ahead"),
                Path.of("../conf/experiments/truncation")));
    for (String caller : List.of("standalone", "yarn", "kubernetes", "schedules")) {
      all.addAll(DeploymentFilesTest.matching(Path.of(caller), "train|retrain|.*\\.sh"));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void shouldBeSoundBash(Path script) throws Exception {
    assertEquals("", bash(Map.of(), "-n", script.toString()).err());
    if (!script.toString().endsWith(".sh")) {
      assertTrue(Files.isExecutable(script), script + " is not executable");
      assertTrue(Files.readString(script).contains("\nset -euo pipefail\n"), script.toString());
    }
  }

  /** The locale that stands before and the one that Java starts in; "" is none. */
  @ParameterizedTest
  @CsvSource({
    "LC_ALL=C, C.UTF-8",
    "LC_ALL=POSIX, C.UTF-8",
    "LANG=, C.UTF-8",
    "LANG=xx_YY.UTF-8, C.UTF-8",
    "LANG=C.UTF-8, ''",
    "LC_CTYPE=C.UTF-8, ''"
  })
  void shouldStartJavaInALocaleWithUtf8(String before, String after) throws Exception {
    Map<String, String> environment = new TreeMap<>(Map.of("LC_ALL", "", "LC_CTYPE", ""));
    environment.put("LANG", "");
    String[] variable = before.split("=", -1);
    environment.put(variable[0], variable[1]);
    String script = ". ./locale.sh; use_utf8; printf %s \"$LC_ALL\"";
    CommandLineRun run = bash(environment, "-euo", "pipefail", "-c", script);
    assertEquals(after, run.out());
    assertEquals("", run.err());
  }

  @Test
  void shouldFindALocaleWithUtf8WithoutTheToolThatLists() throws Exception {
    String script = "PATH=; . ./locale.sh; use_utf8; printf %s \"$LC_ALL\"";
    assertEquals("C.UTF-8", bash(Map.of("LC_ALL", "C"), "-euc", script).out());
    assertEquals("xx_YY.utf8", bash(Map.of("LC_ALL", "xx_YY.utf8"), "-euc", script).out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes"})
  void shouldSayWhatIsMissing(String manager) throws Exception {
    String script = manager + "/train";
    assertRefused(bash(Map.of(), script), "CONFIG and RUN_DIR are needed");
    assertRefused(bash(Map.of(), script, "absent.yaml", "run"), "'absent.yaml' cannot be read");
    assertRefused(bash(Map.of(), script, preset(), "run"), "SPARK_HOME is not set");
    Map<String, String> noSpark = Map.of("SPARK_HOME", folder.toString());
    assertRefused(bash(noSpark, script, preset(), "run"), "has no bin/spark-submit");
    String next =
        Map.of(
                "standalone", "SPARK_MASTER_URL is not set",
                "yarn", "HADOOP_CONF_DIR is not set",
                "kubernetes", "POD_NAME is not set")
            .get(manager);
    assertRefused(bash(spark("4.1.3"), script, preset(), "run"), next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.4.4", "3.4.4-vendor-7", "2.4.8", "3.04.9"})
  void shouldRefuseASparkThatIsTooOld(String version) throws Exception {
    CommandLineRun run = bash(spark(version), "yarn/train", preset(), "run");
    assertRefused(run, "is " + version + "; 3.5.0 or newer is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.0-preview1", "4.1.3-SNAPSHOT", "4.1.3-rc2", "4.2.0.M1"})
  void shouldRefuseWhatIsNoRelease(String version) throws Exception {
    CommandLineRun run = bash(spark(version), "yarn/train", preset(), "run");
    assertRefused(run, "is " + version + ", which is no release; 3.5.0 or newer is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.3", "4.1.10", "4.1.3-vendor-7", "4.2.0", "10.0.0"})
  void shouldChooseGcmWhereItWorks(String version) throws Exception {
    CommandLineRun run = yarn(version);
    assertEquals("", run.err());
    assertEquals("AES/GCM/NoPadding", lastSetting(run, "spark.network.crypto.cipher"));
    assertNull(lastSetting(run, "spark.driver.defaultJavaOptions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5.0", "3.5.7", "4.0.1", "4.1.0", "4.1.2", "4.1.2-vendor-7"})
  void shouldChooseCtrWhereGcmHangsAndSayWhy(String version) throws Exception {
    CommandLineRun run = yarn(version);
    assertTrue(
        run.err().startsWith("hindsight: Spark " + version + ": AES/CTR/NoPadding"), run.err());
    assertTrue(run.err().contains("SPARK-56227"), run.err());
    assertEquals("AES/CTR/NoPadding", lastSetting(run, "spark.network.crypto.cipher"));
    boolean lacksModule = version.startsWith("3.");
    assertEquals(
        lacksModule ? "--add-modules=jdk.incubator.vector" : null,
        lastSetting(run, "spark.driver.defaultJavaOptions"));
  }

  /** What the script for YARN hands to a Spark of some version. */
  private CommandLineRun yarn(String version) throws Exception {
    Map<String, String> environment = new TreeMap<>(spark(version));
    environment.put("HADOOP_CONF_DIR", folder.toString());
    Files.writeString(folder.resolve("yarn-site.xml"), "<configuration/>");
    Path home = copyOfTheScripts();
    pretendToBuild(home);
    String script = home.resolve("submit/yarn/train").toString();
    CommandLineRun run = bash(environment, script, preset(), "hdfs://n/run");
    assertEquals(0, run.code(), run.err());
    Map<String, String> settings =
        DeploymentFilesTest.properties(Path.of("../conf/spark-yarn.conf"));
    settings.keySet().removeAll(Set.of("spark.network.crypto.cipher"));
    settings.forEach((name, value) -> assertEquals(value, lastSetting(run, name), name));
    return run;
  }

  /** The one that counts. */
  private static String lastSetting(CommandLineRun run, String name) {
    return run.out()
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .reduce((first, second) -> second)
        .orElse(null);
  }

  @Test
  void shouldReadTheVersionElsewhereAndRefuseWhatHasNone() throws Exception {
    Map<String, String> environment = spark("next");
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "cannot tell the version");
    Files.delete(folder.resolve("jars/spark-network-common_2.13-next.jar"));
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "cannot tell the version");
    Path release = folder.resolve("RELEASE");
    Files.writeString(release, "Spark 3.4.4 (git revision 1) built for Hadoop 3.3.4\n");
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "is 3.4.4; 3.5.0 or newer");
    Files.writeString(release, "Spark 4.1.3 (git revision 2) built for Hadoop 3.4.2\n");
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "HADOOP_CONF_DIR");
  }

  @Test
  void shouldRefuseASecretThatEveryoneCanRead() throws Exception {
    Map<String, String> environment = new TreeMap<>(spark("4.1.3"));
    environment.put("SPARK_MASTER_URL", "spark://h:7077");
    Path home = copyOfTheScripts();
    String script = home.resolve("submit/standalone/train").toString();
    assertRefused(bash(environment, script, preset(), "run"), "is not built");
    pretendToBuild(home);
    assertRefused(
        bash(environment, script, preset(), "run"), "spark-defaults.conf' cannot be read");
    Path defaults = folder.resolve("conf/spark-defaults.conf");
    Files.createDirectories(defaults.getParent());
    Files.writeString(defaults, "spark.authenticate.secret.file /x\n");
    assertRefused(bash(environment, script, preset(), "run"), "has no spark.authenticate.secret");
    Files.writeString(defaults, "spark.authenticate.secret  hushhush\n");
    Files.setPosixFilePermissions(defaults, PosixFilePermissions.fromString("rw-r--r--"));
    CommandLineRun run = bash(environment, script, preset(), "run");
    assertRefused(run, "is open to everyone");
    assertFalse(run.err().contains("hushhush"));
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.0, , AES/CTR/NoPadding, AES/GCM/NoPadding",
    "4.2.0, AES/CTR/NoPadding, AES/CTR/NoPadding, AES/GCM/NoPadding",
    "3.5.6, AES/GCM/NoPadding, AES/GCM/NoPadding, AES/CTR/NoPadding"
  })
  void shouldRefuseAClusterWithAnotherCipher(
      String version, String set, String theirs, String needed) throws Exception {
    Map<String, String> environment = new TreeMap<>(spark(version));
    environment.put("SPARK_MASTER_URL", "spark://h:7077");
    Path home = copyOfTheScripts();
    pretendToBuild(home);
    Path defaults = folder.resolve("conf/spark-defaults.conf");
    Files.createDirectories(defaults.getParent());
    String cipher = set == null ? "" : "spark.network.crypto.cipher  " + set + "\n";
    Files.writeString(defaults, "spark.authenticate.secret  hushhush\n" + cipher);
    Files.setPosixFilePermissions(defaults, PosixFilePermissions.fromString("rw-------"));
    String script = home.resolve("submit/standalone/train").toString();
    CommandLineRun run = bash(environment, script, preset(), "run");
    assertEquals(2, run.code(), run.err());
    String message = "has %s as spark.network.crypto.cipher, but %s is the one for Spark %s";
    assertTrue(run.err().contains(message.formatted(theirs, needed, version)), run.err());
  }

  @Test
  void shouldHandYarnASharedRunDirectoryOnly() throws Exception {
    Map<String, String> environment = new TreeMap<>(spark("4.1.3"));
    environment.put("HADOOP_CONF_DIR", folder.toString());
    Path home = copyOfTheScripts();
    String script = home.resolve("submit/yarn/train").toString();
    assertRefused(bash(environment, script, preset(), "run"), "which has no yarn-site.xml");
    Files.writeString(folder.resolve("yarn-site.xml"), "<configuration/>");
    pretendToBuild(home);
    assertRefused(bash(environment, script, preset(), "run"), "the driver may run anywhere");
    CommandLineRun run = bash(environment, script, preset(), "hdfs://n/run", "--set", "a b=c");
    assertEquals(0, run.code(), run.err());
    List<String> given = run.out().lines().toList();
    assertEquals(preset(), given.get(given.indexOf("--files") + 1));
    assertEquals(
        List.of("train", "adding.yaml", "--run-dir", "hdfs://n/run", "--resume", "--set", "a b=c"),
        given.subList(given.size() - 7, given.size()));
  }

  @ParameterizedTest
  @CsvSource({
    "co2-29696760, , '', 2026-06-18T18:00:00Z",
    "co2-29696760, 2026-01-01T00:00:00Z, --no-promote, 2026-01-01T00:00:00Z",
    "first, 2026-01-01T00:00:00Z, --cold-every 5, 2026-01-01T00:00:00Z"
  })
  void shouldRetrainForTheTimeInTheNameOfTheJob(
      String job, String asOf, String options, String instant) throws Exception {
    Map<String, String> environment = new TreeMap<>(spark("4.1.3"));
    environment.putAll(Map.of("POD_NAME", "p", "POD_IP", "10.0.0.1", "POD_NAMESPACE", "n"));
    environment.putAll(Map.of("HINDSIGHT_IMAGE", "i", "JOB_NAME", job));
    environment.putAll(Map.of("AS_OF", asOf == null ? "" : asOf, "RETRAIN_OPTIONS", options));
    Path home = copyOfTheScripts();
    mountASecret(home);
    String script = home.resolve("submit/kubernetes/retrain").toString();
    assertRefused(bash(environment, script, preset(), "registry"), "REGISTRY is 'registry', but");
    CommandLineRun run = bash(environment, script, preset(), "hdfs://n/registry", "--json");
    assertEquals(0, run.code(), run.err());
    List<String> expected =
        new ArrayList<>(List.of("retrain", preset(), "--registry", "hdfs://n/registry"));
    expected.addAll(List.of("--as-of", instant));
    Stream.of(options.split(" ")).filter(option -> !option.isEmpty()).forEach(expected::add);
    expected.add("--json");
    List<String> given = run.out().lines().toList();
    assertEquals(expected, given.subList(given.indexOf("retrain"), given.size()));
    assertEquals("10.0.0.1", lastSetting(run, "spark.driver.host"));
    environment.putAll(Map.of("AS_OF", "", "JOB_NAME", "first"));
    assertRefused(bash(environment, script, preset(), "hdfs://n/r"), "JOB_NAME is 'first', which");
  }

  /** Puts the place of the secret, which is the same in all pods, below the test's folder. */
  private void mountASecret(Path home) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "of thirty-two bytes, at the least");
    Path script = home.resolve("submit/kubernetes/driver.sh");
    String text = Files.readString(script);
    Files.writeString(script, text.replace("/etc/hindsight/auth/secret", secret.toString()));
  }

  private static void assertRefused(CommandLineRun run, String message) {
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().startsWith("hindsight: "), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  private static String preset() {
    return Path.of("../conf/adding.yaml").toAbsolutePath().normalize().toString();
  }

  /** A Spark home of a version whose spark-submit prints what it is given. */
  private Map<String, String> spark(String version) throws IOException {
    Path submit = folder.resolve("bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(submit, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Files.writeString(jars.resolve("spark-network-common_2.13-" + version + ".jar"), "");
    return Map.of("SPARK_HOME", folder.toString());
  }

  private Path copyOfTheScripts() throws IOException {
    Path home = folder.resolve("a project");
    for (Path script : scripts()) {
      Path copy = home.resolve("submit").resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(script, copy);
    }
    Path conf = Files.createDirectories(home.resolve("conf"));
    for (Path file : DeploymentFilesTest.configurations()) {
      Files.copy(file, conf.resolve(file.getFileName()));
    }
    return home.toRealPath();
  }

  /** Leaves a jar that nothing opens here. */
  private static void pretendToBuild(Path home) throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve("submit/target")).resolve("hindsight.jar"), "");
  }

  private CommandLineRun bash(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return Shell.bash(folder, environment, arguments);
  }
}

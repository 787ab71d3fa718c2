package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import scala.Option;

/** The files from which users start a cluster: known properties, sound manifests and scripts. */
class DeploymentFilesTest {
  /**
   * Properties of this Spark that its registry does not hold: those of the transport, which
   * TransportConf reads by name, and those of the YARN and Kubernetes modules, which are not on the
   * class path. The latter two were compared with the registries of spark-yarn 3.5.6 and
   * spark-kubernetes 4.1.0.
   */
  private static final Set<String> OUTSIDE_THE_REGISTRY =
      Set.of(
          "spark.network.crypto.cipher",
          "spark.network.crypto.authEngineVersion",
          "spark.yarn.maxAppAttempts",
          "spark.yarn.am.attemptFailuresValidityInterval",
          "spark.yarn.submit.waitAppCompletion",
          "spark.yarn.appMasterEnv.LC_ALL",
          "spark.kubernetes.authenticate.executor.serviceAccountName",
          "spark.kubernetes.executor.podTemplateFile",
          "spark.kubernetes.executor.terminationGracePeriodSeconds",
          "spark.kubernetes.driver.ownPersistentVolumeClaim",
          "spark.kubernetes.driver.service.deleteOnTermination");

  /** Objects whose initialization registers the properties that they declare. */
  private static final List<String> DECLARATIONS =
      List.of("package$", "Network$", "UI$", "Worker$", "Deploy$", "Kryo$", "Status$");

  private static final Map<String, String> SECURE =
      Map.of(
          "spark.authenticate", "true",
          "spark.network.crypto.enabled", "true",
          "spark.network.crypto.cipher", "AES/GCM/NoPadding",
          "spark.network.crypto.authEngineVersion", "2",
          "spark.network.crypto.saslFallback", "false",
          "spark.io.encryption.enabled", "true",
          "spark.ui.enabled", "false",
          "spark.speculation", "false",
          "spark.dynamicAllocation.enabled", "false");

  @TempDir private Path folder;

  static List<Path> configurations() throws IOException {
    return matching(Path.of("../conf"), "spark-.*\\.conf");
  }

  static List<Path> scripts() throws IOException {
    List<Path> all =
        new ArrayList<>(List.of(Path.of("hindsight"), Path.of("checks.sh"), Path.of("locale.sh")));
    for (String manager : List.of("standalone", "yarn", "kubernetes")) {
      all.addAll(matching(Path.of(manager), "train"));
    }
    return all;
  }

  static List<Path> manifests() throws IOException {
    return matching(Path.of("kubernetes"), ".*\\.yaml");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void shouldSetOnlyPropertiesThatThisSparkKnows(Path file) throws Exception {
    for (String declaration : DECLARATIONS) {
      Class.forName("org.apache.spark.internal.config." + declaration);
    }
    properties(file)
        .forEach(
            (name, value) -> {
              ConfigEntry<?> entry = ConfigEntry.findEntry(name);
              assertTrue(entry != null || OUTSIDE_THE_REGISTRY.contains(name), file + ": " + name);
              if (entry != null) {
                entry.valueConverter().apply(value); // throws what a Spark with it would throw
              }
            });
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void shouldBeSecureShortAndFreeOfSecrets(Path file) throws IOException {
    Map<String, String> properties = properties(file);
    SECURE.forEach((name, value) -> assertEquals(value, properties.get(name), file + ": " + name));
    Pattern redaction = Pattern.compile(properties.get("spark.redaction.regex"));
    for (String hidden : List.of("spark.authenticate.secret", "fs.s3a.access.key", "db.password")) {
      assertTrue(redaction.matcher(hidden).find(), file + " shows " + hidden);
    }
    assertFalse(properties.containsKey("spark.authenticate.secret"));
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.size() <= 40, file + " has " + lines.size() + " lines");
    assertEquals(
        properties.size(),
        lines.stream().filter(line -> line.startsWith("spark.")).count(),
        "a property is set twice in " + file);
  }

  @Test
  void shouldRefuseRestSubmissionAndKillingFromThePages() throws IOException {
    Map<String, String> properties = properties(Path.of("../conf/spark-standalone.conf"));
    assertEquals("false", properties.get("spark.master.rest.enabled"));
    assertEquals("false", properties.get("spark.ui.killEnabled"));
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

  @Test
  void shouldBuildAnImageWithAllScriptsAndALocale() throws IOException {
    String image = Files.readString(Path.of("kubernetes/Dockerfile"));
    for (String file : List.of("checks.sh", "locale.sh", "kubernetes/train")) {
      assertTrue(image.contains("submit/" + file), file);
    }
    assertTrue(image.contains("LC_ALL=C.UTF-8"), image);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void shouldBeYamlWithKindNameAndNoSecret(Path file) throws IOException {
    List<Object> documents =
        StreamSupport.stream(
                new Load(LoadSettings.builder().build())
                    .loadAllFromString(Files.readString(file))
                    .spliterator(),
                false)
            .toList();
    assertFalse(documents.isEmpty());
    for (Object document : documents) {
      Map<?, ?> fields = (Map<?, ?>) document;
      assertTrue(fields.containsKey("apiVersion") && fields.containsKey("metadata"), "" + file);
      assertFalse("Secret".equals(fields.get("kind")), file + " holds a secret");
    }
  }

  @Test
  void shouldMountTheSecretWhereSparkReadsIt() throws IOException {
    String secret =
        properties(Path.of("../conf/spark-kubernetes.conf")).get("spark.authenticate.secret.file");
    String mount = "mountPath: " + Path.of(secret).getParent() + ",";
    assertTrue(Files.readString(Path.of("kubernetes/job.yaml")).contains(mount));
    assertTrue(Files.readString(Path.of("kubernetes/executor-pod.yaml")).contains(mount));
    assertTrue(Files.readString(Path.of("kubernetes/train")).contains("secret=" + secret + "\n"));
  }

  /** Or a pod that is lost after the run's last act fails its job. */
  @Test
  void shouldTakeAnEndedRunForASuccessWhereTheDirectoryBelongsToOneJob() throws IOException {
    assertTrue(Files.readString(Path.of("kubernetes/job.yaml")).contains("$(RUNS)/$(JOB_NAME)"));
    assertTrue(Files.readString(Path.of("kubernetes/train")).contains(" --resume --ended-ok "));
    assertFalse(Files.readString(Path.of("standalone/train")).contains("--ended-ok"));
  }

  /**
   * Spark reads the file only in a process that knows its master to be Kubernetes, and gives
   * executors that setting after they have used the secret.
   */
  @Test
  void shouldLetExecutorsReadTheSecretBeforeTheDriverIsReached() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "of thirty-two bytes, at the least");
    SparkConf conf = new SparkConf(false).set("spark.authenticate", "true");
    conf.set("spark.authenticate.secret.file", secret.toString());
    assertThrows(IllegalArgumentException.class, () -> secretOf(conf));
    Matcher option =
        Pattern.compile("JAVA_TOOL_OPTIONS, value: \"-D(spark.master)=(k8s://\\S+)\"")
            .matcher(Files.readString(Path.of("kubernetes/executor-pod.yaml")));
    assertTrue(option.find());
    assertFalse(secretOf(conf.set(option.group(1), option.group(2))).isEmpty());
  }

  private static String secretOf(SparkConf conf) {
    return new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE())
        .getSecretKey();
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
  @ValueSource(strings = {"3.5.7", "4.0.1", "4.1.0", "4.1.2", "4.1.2-vendor-7"})
  void shouldRefuseASparkWhoseEncryptionHangs(String version) throws Exception {
    assertRefused(bash(spark(version), "yarn/train", preset(), "run"), "SPARK-56227");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.0-preview1", "4.1.3-SNAPSHOT", "4.1.3-rc2", "4.2.0.M1"})
  void shouldRefuseWhatIsNoRelease(String version) throws Exception {
    CommandLineRun run = bash(spark(version), "yarn/train", preset(), "run");
    assertRefused(run, "is " + version + ", which is no release; 4.1.3 or newer is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.3", "4.1.10", "4.1.3-vendor-7", "4.2.0", "10.0.0"})
  void shouldTakeAnyReleaseFromThatOn(String version) throws Exception {
    assertRefused(bash(spark(version), "yarn/train", preset(), "run"), "HADOOP_CONF_DIR");
  }

  @Test
  void shouldReadTheVersionElsewhereAndRefuseWhatHasNone() throws Exception {
    Map<String, String> environment = spark("next");
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "cannot tell the version");
    Files.delete(folder.resolve("jars/spark-network-common_2.13-next.jar"));
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "cannot tell the version");
    Path release = folder.resolve("RELEASE");
    Files.writeString(release, "Spark 4.1.2 (git revision 1) built for Hadoop 3.4.2\n");
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "is 4.1.2; 4.1.3 or newer");
    Files.writeString(release, "Spark 4.1.3 (git revision 2) built for Hadoop 3.4.2\n");
    assertRefused(bash(environment, "yarn/train", preset(), "run"), "HADOOP_CONF_DIR");
  }

  @Test
  void shouldRefuseASecretThatEveryoneCanRead() throws Exception {
    Map<String, String> environment = new TreeMap<>(spark("4.1.3"));
    environment.put("SPARK_MASTER_URL", "spark://h:7077");
    Path jar = Path.of("target/hindsight.jar").toAbsolutePath();
    Path home = copyOfTheScripts();
    String script = home.resolve("submit/standalone/train").toString();
    assertRefused(bash(environment, script, preset(), "run"), "is not built");
    Path built = Files.createDirectories(home.resolve("submit/target")).resolve("hindsight.jar");
    Files.writeString(built, "stands for " + jar.getFileName() + ", which nothing opens here");
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

  @Test
  void shouldHandYarnASharedRunDirectoryOnly() throws Exception {
    Map<String, String> environment = new TreeMap<>(spark("4.1.3"));
    environment.put("HADOOP_CONF_DIR", folder.toString());
    Path home = copyOfTheScripts();
    String script = home.resolve("submit/yarn/train").toString();
    assertRefused(bash(environment, script, preset(), "run"), "which has no yarn-site.xml");
    Files.writeString(folder.resolve("yarn-site.xml"), "<configuration/>");
    Path built = Files.createDirectories(home.resolve("submit/target")).resolve("hindsight.jar");
    Files.writeString(built, "");
    assertRefused(bash(environment, script, preset(), "run"), "the driver may run anywhere");
    CommandLineRun run = bash(environment, script, preset(), "hdfs://n/run", "--set", "a b=c");
    assertEquals(0, run.code(), run.err());
    List<String> given = run.out().lines().toList();
    assertEquals(preset(), given.get(given.indexOf("--files") + 1));
    assertEquals(
        List.of("train", "adding.yaml", "--run-dir", "hdfs://n/run", "--resume", "--set", "a b=c"),
        given.subList(given.size() - 7, given.size()));
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
    return home.toRealPath();
  }

  private CommandLineRun bash(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    List.of("SPARK_HOME", "SPARK_CONF_DIR", "SPARK_MASTER_URL", "HADOOP_CONF_DIR")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + command);
    return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Map<String, String> properties(Path file) throws IOException {
    Properties read = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> sorted = new TreeMap<>();
    read.forEach((name, value) -> sorted.put((String) name, ((String) value).trim()));
    return sorted;
  }

  private static List<Path> matching(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }
}

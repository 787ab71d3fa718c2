package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import scala.Option;

/** The files from which users start a cluster: known properties and sound manifests. */
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

  @Test
  void shouldBuildAnImageWithAllScriptsAndALocale() throws IOException {
    String image = Files.readString(Path.of("kubernetes/Dockerfile"));
    List<String> scripts = new ArrayList<>(List.of("checks", "instants", "locale", "release"));
    scripts.replaceAll(name -> name + ".sh");
    scripts.addAll(List.of("kubernetes/driver.sh", "kubernetes/train", "kubernetes/retrain"));
    for (String file : scripts) {
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
    assertTrue(Files.readString(Path.of("kubernetes/retrain.yaml")).contains(mount));
    assertTrue(Files.readString(Path.of("kubernetes/executor-pod.yaml")).contains(mount));
    assertTrue(
        Files.readString(Path.of("kubernetes/driver.sh")).contains("secret=" + secret + "\n"));
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

  static Map<String, String> properties(Path file) throws IOException {
    Properties read = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> sorted = new TreeMap<>();
    read.forEach((name, value) -> sorted.put((String) name, ((String) value).trim()));
    return sorted;
  }

  static List<Path> matching(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }
}

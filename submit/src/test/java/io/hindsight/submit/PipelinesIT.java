package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.SparkJars;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's program with pipelines beside the same jar, under several releases of Spark, each with a
 * master and two workers of its own, against the weights that the command line trains here.
 */
class PipelinesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(300);
  private static final String FOR_FEW_ROWS = "spark.sql.shuffle.partitions 2\n";

  /** For any Spark. */
  private static final String SHORT_LIVED =
      """
      spark.driver.extraJavaOptions %1$s
      spark.executor.extraJavaOptions %1$s
      """
          .formatted(StandaloneCluster.SHORT_LIVED);

  @TempDir private static Path folder;
  private static Path program;
  private static Path data;
  private static Path config;
  private static String expected;

  @BeforeAll
  static void train() throws IOException {
    TestSession.start();
    program = jar();
    data = Path.of("../datasets/data/co2.csv").toRealPath();
    config = Path.of("../conf/quickstart.yaml").toRealPath();
    Path run = folder.resolve("here");
    CommandLineRun here =
        CommandLineRun.of(
            "train",
            "" + config,
            "--run-dir=" + run,
            "--set=data.path=" + data,
            "--set=training.epochs=2");
    assertEquals(0, here.code(), here.err());
    expected = SmallRun.status(run).get("weights_sha256").asText();
  }

  private static Path jar() throws IOException {
    String name = PipelineApp.class.getName().replace('.', '/') + ".class";
    Path jar = folder.resolve("program.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new ZipEntry(name));
      Files.copy(Path.of("target/test-classes").resolve(name), out);
      out.closeEntry();
    }
    return jar;
  }

  @TestFactory
  Stream<DynamicTest> shouldTrainKeepAnswerAndCrossValidate() {
    Stream<DynamicTest> newest = Stream.of(DynamicTest.dynamicTest("newest", this::runOnNewest));
    Stream<DynamicTest> others =
        Stream.of(System.getProperty("hindsight.spark.versions", "").split("[ ,]+"))
            .map(MavenSpark::parse)
            .map(spark -> DynamicTest.dynamicTest("" + spark, () -> runOn(spark)));
    return Stream.concat(newest, others);
  }

  private void runOnNewest() throws Exception {
    Path home = Files.createDirectory(folder.resolve("newest"));
    Isolation isolation = Isolation.namespaceIfPermitted(home);
    String defaults = FOR_FEW_ROWS + StandaloneCluster.shortLivedDefaults();
    run(StandaloneCluster.start(home, 2, isolation, defaults), home);
  }

  private void runOn(MavenSpark spark) throws Exception {
    Optional<SparkJars> jars = spark.jarsWithMllib();
    assumeTrue(jars.isPresent(), "repositories have no mllib of Spark " + spark);
    Path home = Files.createDirectory(folder.resolve("" + spark));
    Isolation isolation = Isolation.namespaceIfPermitted(home);
    String defaults = FOR_FEW_ROWS + SHORT_LIVED;
    run(StandaloneCluster.start(home, 2, isolation, defaults, jars.get()), home);
  }

  private static void run(StandaloneCluster started, Path home) throws Exception {
    Path made = Files.createDirectory(home.resolve("made"));
    List<String> arguments =
        List.of(
            "--conf=spark.ui.enabled=false",
            "--jars",
            "" + Path.of("target/hindsight.jar").toAbsolutePath(),
            "--class",
            PipelineApp.class.getName(),
            "" + program,
            "" + config,
            "" + data,
            "" + made);
    try (StandaloneCluster cluster = started;
        LoggedProcess driver = cluster.submit(arguments, home.resolve("program.log"))) {
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
    }
    assertEquals(
        List.of(expected, "468", "467", "0", "true", "2", "468 answered, 0 otherwise"),
        Files.readAllLines(made.resolve("told.txt")));
  }
}

package io.hindsight.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  @Test
  void shouldRunASubmittedApplicationInANamespaceOfItsOwn() throws Exception {
    try (StandaloneCluster cluster =
            StandaloneCluster.start(folder, 2, Isolation.namespaceIfPermitted(folder));
        LoggedProcess driver = submitSum(cluster)) {
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      assertTrue(
          driver.output().contains("master " + cluster.masterUrl() + " sum 333833500"),
          driver.output());
    }
  }

  @Test
  void shouldServeADriverInThisProcess() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, Isolation.loopback());
        JavaSparkContext context = new JavaSparkContext(conf(cluster))) {
      List<Integer> twice = context.parallelize(List.of(1, 2, 3), 3).map(n -> 2 * n).collect();
      assertEquals(List.of(2, 4, 6), twice);
    }
  }

  @Test
  void shouldLeaveNoProcessBehind() throws Exception {
    long before = ProcessHandle.current().descendants().count();
    StandaloneCluster.start(folder, 1, Isolation.namespaceIfPermitted(folder)).close();
    for (int i = 0; i < 100 && ProcessHandle.current().descendants().count() > before; i++) {
      Thread.sleep(100);
    }
    assertFalse(ProcessHandle.current().descendants().count() > before, "processes left running");
  }

  private LoggedProcess submitSum(StandaloneCluster cluster) throws Exception {
    return cluster.submit(
        List.of("--class", SumOfSquares.class.getName(), jarOfSum().toString(), "1000"),
        folder.resolve("driver.log"));
  }

  private Path jarOfSum() throws Exception {
    Path jar = folder.resolve("sum.jar");
    String entry = SumOfSquares.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = SumOfSquares.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
    }
    return jar;
  }

  private static SparkConf conf(StandaloneCluster cluster) {
    return new SparkConf()
        .setMaster(cluster.masterUrl())
        .setAppName("in process")
        .set("spark.ui.enabled", "false")
        .set("spark.home", cluster.sparkHome().toString())
        .set("spark.executor.extraClassPath", StandaloneCluster.projectClassPath());
  }
}

package io.hindsight.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  /** A driver in this process, on a network that is shared, is what {@link TwoWorkers} serves. */
  @Test
  void shouldRunASubmittedApplicationInANamespaceOfItsOwnAndLeaveNoProcessBehind()
      throws Exception {
    long before = ProcessHandle.current().descendants().count();
    try (StandaloneCluster cluster =
            StandaloneCluster.start(folder, 1, Isolation.namespaceIfPermitted(folder));
        LoggedProcess driver = submitSum(cluster)) {
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      assertTrue(
          driver.output().contains("master " + cluster.masterUrl() + " sum 333833500"),
          driver.output());
    }
    for (int i = 0; i < 100 && ProcessHandle.current().descendants().count() > before; i++) {
      Thread.sleep(100);
    }
    assertFalse(ProcessHandle.current().descendants().count() > before, "processes left running");
  }

  private LoggedProcess submitSum(StandaloneCluster cluster) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("--conf");
    arguments.add("spark.executor.extraJavaOptions=" + StandaloneCluster.shortLived());
    arguments.add("--conf");
    arguments.add("spark.executor.extraClassPath=" + StandaloneCluster.executorClassPath());
    arguments.addAll(
        List.of("--class", SumOfSquares.class.getName(), jarOfSum().toString(), "1000"));
    return cluster.submit(arguments, folder.resolve("driver.log"));
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
}

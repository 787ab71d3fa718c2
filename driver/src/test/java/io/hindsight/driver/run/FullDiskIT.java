package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves and runs on a disk that fills up: a small file system in memory, mounted in a mount
 * namespace of its own, in which {@link FullDiskMain} works.
 */
@Timeout(400)
class FullDiskIT {
  @TempDir private Path folder;

  @Test
  void shouldKeepThePreviousCheckpointWhereverTheDiskIsFull() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(canMount(disk), "skipped: no small disk can be mounted here");
    String output = run(disk, "saves");
    System.out.println(output.lines().filter(line -> line.startsWith("full")).toList());
    assertTrue(output.contains("full at every step"), output);
  }

  @Test
  void shouldEndARunInOneLineAndResumeWhenThereIsSpace() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(canMount(disk), "skipped: no small disk can be mounted here");
    String output = run(disk, "run");
    System.out.println(output.lines().filter(line -> line.startsWith("full")).toList());
    assertTrue(output.contains("full, then resumed"), output);
  }

  @Test
  void shouldTellPlaceAndSizeOfTheDiskOnWhichTasksBringRowsTogether() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(canMount(disk), "skipped: no small disk can be mounted here");
    String output = run(disk, "table");
    assertTrue(output.contains("full of rows: "), output);
    System.out.println(output.lines().filter(line -> line.startsWith("full")).toList());
  }

  private boolean canMount(Path disk) throws IOException, InterruptedException {
    try (LoggedProcess mount = start(disk, "true", folder.resolve("mount.log"))) {
      return mount.exitCode(Duration.ofSeconds(60)) == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static LoggedProcess start(Path disk, String command, Path log) throws IOException {
    String mount = "mount -t tmpfs -o size=1m none '" + disk + "' && exec " + command;
    Map<String, String> environment = Map.of("CLASSPATH", System.getProperty("java.class.path"));
    return LoggedProcess.start(List.of("unshare", "--mount", "sh", "-c", mount), environment, log);
  }

  private String run(Path disk, String what) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "'%s' %s %s -Xmx512m --add-modules=jdk.incubator.vector %s %s '%s'"
            .formatted(
                java,
                JavaModuleOptions.defaultModuleOptions(),
                StandaloneCluster.SHORT_LIVED,
                FullDiskMain.class.getName(),
                what,
                disk);
    Path log = folder.resolve("child.log");
    try (LoggedProcess child = start(disk, command, log)) {
      assertEquals(0, child.exitCode(Duration.ofSeconds(300)), child.output());
      return child.output();
    }
  }
}

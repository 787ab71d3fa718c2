package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.SparkJars;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Spark that Maven finds, with the libraries that its own distribution has.
 *
 * @param version such as 3.5.6
 * @param scala such as 2.12
 */
record MavenSpark(String version, String scala) {
  private static final Duration DOWNLOAD = Duration.ofMinutes(10);
  private static final Path FOLDER = Path.of("target", "spark").toAbsolutePath();

  /** Reads VERSION_SCALA. */
  static MavenSpark parse(String word) {
    String[] parts = word.split("_");
    assertEquals(2, parts.length, word + " must be VERSION_SCALA, such as 3.5.6_2.12");
    return new MavenSpark(parts[0], parts[1]);
  }

  /** Whether it comes before a release. */
  boolean isBefore(int... release) {
    int[] own = Stream.of(version.split("[.]")).mapToInt(Integer::parseInt).toArray();
    return Arrays.compare(own, release) < 0;
  }

  /** Its jars, found by the Maven on the path, in whose repository they stay. */
  SparkJars jars() throws Exception {
    return find("sql").orElseThrow(() -> new AssertionError("there is no Spark " + this));
  }

  /** With those of pipelines, too; absent if the repositories have none of this release. */
  Optional<SparkJars> jarsWithMllib() throws Exception {
    return find("mllib"); // which needs sql
  }

  private Optional<SparkJars> find(String module) throws Exception {
    String name = this + "-" + module;
    Path list = FOLDER.resolve(name + ".jars");
    if (!Files.exists(list)) {
      Path part = FOLDER.resolve(name + ".part");
      Path log = FOLDER.resolve(name + ".log");
      try (LoggedProcess maven =
          LoggedProcess.start(search(project(name, module), part), Map.of(), log)) {
        int code = maven.exitCode(DOWNLOAD);
        if (code != 0 && isMissing(module, maven.output())) {
          return Optional.empty();
        }
        assertEquals(0, code, maven.output());
      }
      Files.move(part, list);
    }
    List<String> jars = List.of(Files.readString(list).strip().split(File.pathSeparator));
    return Optional.of(new SparkJars(scala, jars));
  }

  /** Whether repositories have answered, now or a short time ago, that there is none. */
  private boolean isMissing(String module, String output) {
    String artifact = "org.apache.spark:spark-%s_%s:jar:%s".formatted(module, scala, version);
    return output.contains("Could not find artifact " + artifact)
        || output.contains(artifact + " was not found in");
  }

  private static List<String> search(Path project, Path list) {
    String goal = "dependency:build-classpath";
    return List.of(
        "mvn", "-B", "-ntp", "-q", "-f", "" + project, goal, "-Dmdep.outputFile=" + list);
  }

  private Path project(String name, String module) throws IOException {
    Files.createDirectories(FOLDER);
    return Files.writeString(
        FOLDER.resolve(name + ".xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.hindsight</groupId>
          <artifactId>spark-jars</artifactId>
          <version>1</version>
          <dependencyManagement>
            <dependencies>
              <dependency>
                <groupId>org.apache.spark</groupId>
                <artifactId>spark-parent_%1$s</artifactId>
                <version>%2$s</version>
                <type>pom</type>
                <scope>import</scope>
              </dependency>
            </dependencies>
          </dependencyManagement>
          <dependencies>
            <dependency>
              <groupId>org.apache.spark</groupId>
              <artifactId>spark-%3$s_%1$s</artifactId>
              <version>%2$s</version>
            </dependency>
          </dependencies>
        </project>
        """
            .formatted(scala, version, module));
  }

  @Override
  public String toString() {
    return version + "_" + scala;
  }
}

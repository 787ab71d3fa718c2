package io.hindsight.driver.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A Spark installation made of the test class path: {@code jars}, {@code conf}, {@code bin}. */
final class SparkHome {
  /** As Spark's own {@code spark-submit} does: one Java says how to start the other. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      mapfile -d '' -t line < <("$JAVA_HOME/bin/java" -Xmx128m -cp "$SPARK_HOME/jars/*" \\
        org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@")
      line[1]=${line[1]#$'\\n'}
      exec "${line[@]:1}"
      """;

  private SparkHome() {}

  /**
   * Lays out an installation.
   *
   * @param home where; need not exist
   * @param defaults content of {@code conf/spark-defaults.conf}, which only its owner may read
   * @param libraries the jars that {@code jars} links to
   */
  static void create(Path home, String defaults, List<String> libraries) throws IOException {
    write(home.resolve("conf/spark-defaults.conf"), defaults, "rw-------");
    write(home.resolve("bin/spark-submit"), SPARK_SUBMIT, "rwx------");
    Files.createDirectories(jars(home));
    for (String library : libraries) {
      Path jar = Path.of(library);
      try {
        Files.createSymbolicLink(jars(home).resolve(jar.getFileName()), jar);
      } catch (FileAlreadyExistsException twice) {
        throw new IOException("two jars named " + jar.getFileName() + " on the class path", twice);
      }
    }
  }

  /** Takes the links to the jars away, so that whoever deletes the folder follows none. */
  static void removeLinks(Path home) throws IOException {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(jars(home))) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
  }

  private static Path jars(Path home) {
    return home.resolve("jars");
  }

  private static void write(Path file, String content, String permissions) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}

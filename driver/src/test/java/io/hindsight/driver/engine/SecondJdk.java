package io.hindsight.driver.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A JDK 25 beside the one that runs the tests. */
final class SecondJdk {
  private SecondJdk() {}

  /**
   * The home named by the system property {@code hindsight.jdk25} or the environment variable
   * {@code HINDSIGHT_JDK25}, else a neighbour of this JDK's home.
   */
  static Optional<Path> find() throws IOException {
    String named = System.getProperty("hindsight.jdk25", System.getenv("HINDSIGHT_JDK25"));
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    Path neighbours = Path.of(System.getProperty("java.home")).getParent();
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(neighbours)) {
      for (Path home : homes) {
        if (isJdk25(home)) {
          return Optional.of(home);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isJdk25(Path home) throws IOException {
    Path release = home.resolve("release");
    return Files.isRegularFile(release) && Files.readString(release).contains("JAVA_VERSION=\"25");
  }
}

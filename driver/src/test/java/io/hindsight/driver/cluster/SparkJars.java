package io.hindsight.driver.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars of a Spark installation.
 *
 * @param scala version of Scala that Spark was built with, such as 2.13
 * @param libraries paths, no two with one file name
 */
public record SparkJars(String scala, List<String> libraries) {
  private static final Pattern OTHERS = Pattern.compile("(jmh|jopt|picocli)-");

  /** Beginnings of names of the jars that most of Spark's classes are in. */
  private static final List<String> MUCH_USED =
      List.of("spark-", "scala-", "log4j-", "jackson-", "parquet-", "hadoop-", "netty-");

  /** The libraries of the test class path. */
  static SparkJars ofClassPath() {
    return new SparkJars("2.13", classPath().filter(SparkJars::isLibrary).toList());
  }

  /** Whether these are they. */
  boolean areOfClassPath() {
    return equals(ofClassPath());
  }

  /**
   * The same but for what only some modules' tests have, the much used first and then by name: for
   * each class that Java archives it asks the disk about all jars before the one it is from.
   */
  static List<String> sparksOwn() {
    return classPath()
        .filter(SparkJars::isLibrary)
        .filter(entry -> !OTHERS.matcher(fileName(entry)).lookingAt())
        .sorted(Comparator.comparing(SparkJars::rank).thenComparing(SparkJars::fileName))
        .toList();
  }

  private static int rank(String entry) {
    String name = fileName(entry);
    int rank = 0;
    while (rank < MUCH_USED.size() && !name.startsWith(MUCH_USED.get(rank))) {
      rank++;
    }
    return rank;
  }

  /** The entries of the test class path that are no library: the project's own classes. */
  static List<String> projectClassPath() {
    return classPath().filter(entry -> !isLibrary(entry)).toList();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private static boolean isLibrary(String entry) {
    String name = fileName(entry);
    return name.endsWith(".jar") && !name.startsWith("hindsight-");
  }

  private static String fileName(String entry) {
    return Path.of(entry).getFileName().toString();
  }
}

package io.hindsight.driver.spark.session;

import io.hindsight.datasets.Excerpt;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.spark.ExecutorWatch;
import io.hindsight.driver.spark.SettingProblem;
import io.hindsight.driver.spark.SizeSetting;
import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.placement.ShardMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Reads every Spark setting of a run before anything is started, so that a wrong one is told as
 * what it is: later it would look like a session or an executor that fails.
 */
final class SparkSettings {
  private static final String OURS = "spark.hindsight.";
  private static final int LONGEST = 500; // UTF-16 units of Spark's words

  /** Settings of ours, each with what reads it. */
  private static final Map<String, Consumer<SparkConf>> KNOWN =
      new TreeMap<>(
          Map.of(
              Pieces.MOST,
              conf ->
                  SizeSetting.bytes(
                      conf, Pieces.MOST, Pieces.DEFAULT_MOST, Pieces.LEAST, Pieces.LARGEST),
              ShardMemory.LIMIT,
              conf -> SizeSetting.bytes(conf, ShardMemory.LIMIT, 0, 0, Long.MAX_VALUE),
              DataMemory.LIMIT,
              conf -> DataMemory.limit(conf, Long.MAX_VALUE),
              ExecutorWatch.LIMIT,
              ExecutorWatch::limit,
              TableSettings.SMALL,
              conf ->
                  SizeSetting.bytes(
                      conf, TableSettings.SMALL, TableSettings.USUAL_SMALL, 0, Integer.MAX_VALUE)));

  /** Settings that name classes, several with commas between; each with Spark's short names. */
  private static final Map<String, Set<String>> CLASSES =
      Map.of(
          "spark.serializer", Set.of(),
          "spark.plugins", Set.of(),
          "spark.kryo.registrator", Set.of(),
          "spark.kryo.classesToRegister", Set.of(),
          "spark.extraListeners", Set.of(),
          "spark.shuffle.sort.io.plugin.class", Set.of(),
          "spark.sql.extensions", Set.of(),
          "spark.sql.queryExecutionListeners", Set.of(),
          "spark.io.compression.codec", Set.of("lz4", "lzf", "snappy", "zstd"),
          "spark.shuffle.manager", Set.of("sort", "tungsten-sort"));

  /** What says where Spark would run, not how. */
  private static final Set<String> NO_MATTER = Set.of("spark.master", "spark.ui.enabled");

  private SparkSettings() {}

  /** Whether nothing is set for this process, so that there is nothing to check. */
  static boolean areUnset() {
    return System.getProperties().stringPropertyNames().stream()
        .noneMatch(name -> name.startsWith("spark.") && !NO_MATTER.contains(name));
  }

  /**
   * Checks all settings.
   *
   * @throws ConfigException with every problem
   */
  static void check(SparkConf conf) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (Map.Entry<String, String> setting : all(conf).entrySet()) {
      problem(conf, setting.getKey(), setting.getValue()).ifPresent(problems::add);
    }
    if (problems.isEmpty()) {
      together(conf).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /**
   * Checks those of ours, in a session that somebody else has started.
   *
   * @throws ConfigException with every problem
   */
  static void checkOurs(SparkConf conf) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (String key : all(conf).keySet()) {
      if (key.startsWith(OURS)) {
        ours(conf, key).ifPresent(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static Map<String, String> all(SparkConf conf) {
    Map<String, String> all = new TreeMap<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      all.put(setting._1(), setting._2());
    }
    return all;
  }

  private static Optional<ConfigProblem> problem(SparkConf conf, String key, String value) {
    if (key.startsWith(OURS)) {
      return ours(conf, key);
    }
    return CLASSES.containsKey(key) ? missingClass(key, value) : unreadable(conf, key, value);
  }

  private static Optional<ConfigProblem> ours(SparkConf conf, String key) {
    Consumer<SparkConf> reader = KNOWN.get(key);
    if (reader == null) {
      String names = "the settings of Hindsight are " + String.join(", ", KNOWN.keySet());
      return Optional.of(SettingProblem.of(key, "there is no such setting", names));
    }
    try {
      reader.accept(conf);
      return Optional.empty();
    } catch (ConfigException wrong) {
      return Optional.of(wrong.problems().get(0));
    }
  }

  private static Optional<ConfigProblem> missingClass(String key, String names) {
    return Arrays.stream(names.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !exists(name))
        .filter(name -> !CLASSES.get(key).contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(
            name ->
                SettingProblem.of(
                    key, "there is no class '%s' here".formatted(name), classRemedy(key)));
  }

  private static String classRemedy(String key) {
    Set<String> shorts = new TreeSet<>(CLASSES.get(key));
    return shorts.isEmpty()
        ? "correct its name, or add its jar with spark.jars or spark.driver.extraClassPath"
        : "use one of " + String.join(", ", shorts) + ", or the full name of a class";
  }

  private static boolean exists(String name) {
    try {
      Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError missing) {
      return false;
    }
  }

  private static Optional<ConfigProblem> unreadable(SparkConf conf, String key, String value) {
    try {
      SparkApi.readSetting(conf, key);
      return Optional.empty();
    } catch (RuntimeException wrong) {
      String usual = SparkApi.defaultOf(key).map(text -> "; its default is " + text).orElse("");
      return Optional.of(
          SettingProblem.of(
              key,
              "'%s' cannot be its value: %s".formatted(value, oneLine(wrong)),
              "correct it, or leave it out" + usual));
    }
  }

  private static Optional<ConfigProblem> together(SparkConf conf) {
    try {
      SparkApi.checkTogether(conf);
      return Optional.empty();
    } catch (Exception wrong) { // some of it is checked, which Scala does not declare
      return Optional.of(
          SettingProblem.of("", oneLine(wrong), "correct one of them, or leave it out"));
    }
  }

  /**
   * Tells whether Spark did not start because of a setting that only Spark can judge.
   *
   * @param failure what its start threw
   * @throws ConfigException if so
   */
  static void refuse(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof IllegalArgumentException
        || root instanceof ReflectiveOperationException
        || root instanceof ClassCastException) {
      String said = root instanceof ClassNotFoundException ? "there is no class " : "";
      throw SettingProblem.exception(
          "",
          "Spark does not start with them: " + said + oneLine(root),
          "correct what it names, or leave it out");
    }
  }

  /** Spark's words, less its name of the error and the state of SQL, and Scala's beginning. */
  static String oneLine(Throwable wrong) {
    return Excerpt.line(String.valueOf(wrong.getMessage()), LONGEST)
        .replaceFirst("^\\[[A-Z_.]+\\] ", "")
        .replaceFirst(" SQLSTATE: \\w+", "")
        .replaceFirst("^requirement failed: ", "")
        .replaceFirst("[.;]+$", "");
  }
}

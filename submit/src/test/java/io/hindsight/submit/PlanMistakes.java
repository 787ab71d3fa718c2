package io.hindsight.submit;

import static io.hindsight.submit.Mistake.USAGE;

import java.util.List;
import java.util.stream.Stream;

/** Settings that cannot work, in a session that is there already. */
final class PlanMistakes {
  /** The properties that the mistakes set, which the command line leaves in this process. */
  static final List<String> PROPERTIES =
      List.of(
          "spark.speculation",
          "spark.dynamicAllocation.enabled",
          "spark.serializer",
          "spark.driver.maxResultSize",
          "spark.network.timeout",
          "spark.executor.memory",
          "spark.hindsight.message.bytes");

  private PlanMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(
        resident(
            "resident tasks without their plugin",
            "training.engine",
            "was started with its plugin",
            "spark.plugins=io.hindsight"),
        resident(
            "resident tasks with speculation",
            "spark.speculation",
            "is true",
            "set it to false",
            "--conf",
            "spark.speculation=true"),
        resident(
            "resident tasks with dynamic allocation",
            "spark.dynamicAllocation.enabled",
            "is true",
            "use training.engine: spark-jobs",
            "--conf",
            "spark.dynamicAllocation.enabled=true"),
        setting("spark.serializer", "no.such.Class", "no class", "correct its name"),
        setting("spark.driver.maxResultSize", "abc", "'abc'", "its default is 1g"),
        setting("spark.network.timeout", "5s", "heartbeatInterval=10000ms", "correct one of them"),
        setting("spark.executor.memory", "abc", "'abc'", "its default is 1g"),
        setting("spark.hindsight.message.bytes", "wide", "is no size", "such as 512k"),
        refused(
            "model larger than the heap",
            "spark.driver.memory",
            "parameters, windows of 10 steps and a batch of 8",
            "HINDSIGHT_JAVA_OPTIONS=-Xmx",
            "--set",
            "model.hidden=[20000]"),
        refused(
            "model larger than an array",
            "model.hidden",
            "more than 2^31 parameters",
            "lower model.hidden",
            "--set",
            "model.hidden=[50000]"),
        Mistake.of(
            "plan in no time",
            USAGE,
            (bench, dir) -> List.of("plan", "x.yaml", "--seconds", "0"),
            "--seconds",
            "0.0",
            "try 3"));
  }

  private static Mistake resident(
      String title, String place, String value, String remedy, String... options) {
    String[] engine = {"--set", "training.engine=spark-resident"};
    return refused(
        title,
        place,
        value,
        remedy,
        Stream.concat(Stream.of(engine), Stream.of(options)).toArray(String[]::new));
  }

  /** A setting of Spark that cannot be used: Spark's rule tells the value, too. */
  private static Mistake setting(String key, String value, String rule, String remedy) {
    return refused("Spark setting " + key, key, rule, remedy, "--conf", key + "=" + value);
  }

  /** Training and planning refuse the same; the title decides which is tried. */
  private static Mistake refused(
      String title, String place, String value, String remedy, String... options) {
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) -> {
          String config = Workbench.config(dir, Workbench.TEXT, bench.text()).toString();
          Stream<String> command =
              title.startsWith("resident")
                  ? Stream.of("plan", config)
                  : Stream.of("train", config, "--run-dir", dir.resolve("run").toString());
          return Stream.concat(command, Stream.of(options)).toList();
        },
        place,
        value,
        remedy);
  }
}

package io.hindsight.submit;

import static io.hindsight.submit.Mistake.DATA;
import static io.hindsight.submit.Mistake.USAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Registries that cannot be used, and what they refuse. */
final class RegistryMistakes {
  private RegistryMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(locations(), rules(), damages()).flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> locations() {
    return Stream.of(
        Mistake.of(
            "no registry",
            DATA,
            (bench, dir) -> List.of("history", "--registry", dir + "/absent"),
            "{dir}/absent",
            "there is no registry",
            "begin one with publish"),
        Mistake.of(
            "registry of an unknown scheme",
            USAGE,
            (bench, dir) -> List.of("status", "--registry", "nosuch://host/models"),
            "--registry nosuch://host/models",
            "no file system of this scheme",
            "spark.jars.packages"),
        Mistake.of(
            "registry that is no URI",
            USAGE,
            (bench, dir) -> List.of("status", "--registry", "hdfs://host:x/models"),
            "hdfs://host:x/models",
            "no path or URI",
            "hdfs://host:8020/models"),
        Mistake.of(
            "registry among other files",
            USAGE,
            (bench, dir) -> {
              Files.writeString(dir.resolve("notes.txt"), "other");
              return List.of(
                  "publish", "--registry", dir.toString(), "--model", bench.forecastModel());
            },
            "{dir}",
            "notes.txt",
            "name an empty directory"),
        Mistake.of(
            "publishing what is no model",
            DATA,
            (bench, dir) ->
                List.of("publish", "--registry", dir + "/r", "--model", dir + "/absent"),
            "{dir}/absent",
            "no model directory",
            "check the path"),
        Mistake.of(
            "version of what is no registry",
            USAGE,
            (bench, dir) -> List.of("evaluate", "--model", bench.forecastModel(), "--version", "a"),
            "--version a",
            "is no registry",
            "leave it out"),
        Mistake.of(
            "version that is not there",
            DATA,
            (bench, dir) -> List.of("evaluate", "--model", registry(bench), "--version", "b"),
            "'b'",
            "there are [a]",
            "versions"));
  }

  private static Stream<Mistake> rules() {
    return Stream.of(
        refused("promotion without a verdict", "'a'", "not blessed", "--force", "promote", "a"),
        refused("force without a reason", "reason", "", "--reason TEXT", "promote", "a", "--force"),
        refused("rollback without a champion", "", "no champion yet", "promote", "rollback"),
        refused("pin without a champion", "", "no champion yet", "promote", "pin"),
        refused("prune without a champion", "", "no champion yet", "promote", "prune"),
        refused("nothing to keep", "--keep-entries", "but is 0", "", "prune", "--keep-entries=0"),
        refused(
            "a configuration", "--set name=x", "reads no", "--registry", "status", "--set=name=x"),
        Mistake.of(
            "promotion of a new model without a reason",
            USAGE,
            (bench, dir) ->
                List.of("publish", "--registry", dir + "/r", "--model", "m", "--promote"),
            "--promote",
            "needs",
            "--reason TEXT"),
        Mistake.of(
            "name that is no folder's",
            USAGE,
            (bench, dir) ->
                List.of(
                    "publish",
                    "--registry",
                    registry(bench),
                    "--model",
                    bench.forecastModel(),
                    "--id",
                    "../b"),
            "'../b'",
            "letters, digits",
            "name another"),
        Mistake.of(
            "champion of a registry without one",
            DATA,
            (bench, dir) -> List.of("evaluate", "--model", registry(bench)),
            "has no champion",
            "[a]",
            "promote"));
  }

  private static Stream<Mistake> damages() {
    return Stream.of(
        Mistake.of(
            "entry of a log that says something else",
            DATA,
            (bench, dir) -> {
              Path log = Files.createDirectories(dir.resolve("r/pointer"));
              Files.writeString(log.resolve("00000001.json"), "{\"format\": \"other\"}\n");
              return List.of("status", "--registry", dir + "/r");
            },
            "{dir}/r/pointer/00000001.json",
            "'other'",
            "bring the file back"));
  }

  private static Mistake refused(
      String title, String place, String value, String remedy, String... command) {
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) ->
            Stream.concat(Stream.of(command), Stream.of("--registry", registry(bench))).toList(),
        place,
        value,
        remedy);
  }

  /** A registry with one version, a, and no champion; outside of the mistake's folder. */
  private static String registry(Workbench bench) throws IOException {
    String model = bench.forecastModel();
    String registry = Path.of(model).resolveSibling("registry").toString();
    CommandLineRun run =
        CommandLineRun.of("publish", "--registry", registry, "--model", model, "--id", "a");
    assertEquals(0, run.code(), run.err());
    return registry;
  }
}

package io.hindsight.submit;

import static io.hindsight.submit.Mistake.DIVERGED;
import static io.hindsight.submit.Mistake.USAGE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Wrong configurations, and sound ones that diverge. */
final class ConfigurationMistakes {
  private static final String FILE = "{dir}/config.yaml";

  private ConfigurationMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(files(), keys(), values(), rules(), overrides(), divergence())
        .flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> files() {
    return Stream.of(
        Mistake.of(
            "configuration not found",
            USAGE,
            (bench, dir) -> Workbench.train(dir, dir.resolve("absent.yaml")),
            "{dir}/absent.yaml",
            "not found",
            "check the path"),
        Mistake.of(
            "configuration is a folder",
            USAGE,
            (bench, dir) -> Workbench.train(dir, dir),
            "{dir}",
            "a directory",
            "name the YAML file"),
        written("empty configuration", "", ":1:1", "empty", "start from a file in conf/"),
        written(
            "YAML syntax",
            "data: {format: csv\nmodel: 1\n",
            ":2:6",
            "not valid YAML",
            "check indentation"),
        written(
            "tab as indentation", "data:\n\tformat: csv\n", ":2:1", "a tab", "indent with spaces"),
        Mistake.of(
            "configuration is not UTF-8",
            USAGE,
            (bench, dir) -> {
              byte[] latin = "name: Stra\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);
              return Workbench.train(dir, Workbench.file(dir, "config.yaml", latin));
            },
            FILE + ":1:11",
            "0xDF",
            "save it in the encoding UTF-8"),
        Mistake.of(
            "configuration in UTF-16, as PowerShell redirects it",
            USAGE,
            (bench, dir) -> {
              byte[] wide = "\uFEFFname: x\r\n".getBytes(StandardCharsets.UTF_16LE);
              return Workbench.train(dir, Workbench.file(dir, "config.yaml", wide));
            },
            FILE,
            "UTF-16",
            "save it in the encoding UTF-8"));
  }

  private static Stream<Mistake> keys() {
    return Stream.of(
        changed("unknown key", "steps: 5", "step: 5", ":19:3", "training.step", "'steps'"),
        changed("unknown section", "model:", "modell:", ":15:1", "modell", "'model'"),
        changed("duplicate key", "seed: 7", "seed: 7\nseed: 8", ":3:1", "seed", "delete"),
        changed("required key missing", "  inputs: [x]\n", "", ":3:1", "data.inputs", "list"),
        changed("key of another format", "season: 8", "length: 8", ":12:3", "length", "delete"));
  }

  private static Stream<Mistake> values() {
    return Stream.of(
        changed("wrong type", "steps: 5", "steps: many", ":19:10", "'many'", "whole number"),
        changed("number as text", "batch: 8", "batch: '8'", ":20:10", "'8'", "write 8"),
        changed("out of range", "batch: 8", "batch: 0", ":20:10", "0 is", "at least 1"),
        changed("no number", "1e-2", ".nan", ":22:42", ".nan", "greater than 0"),
        changed("unknown value", "cell: lstm", "cell: lstn", ":16:9", "'lstn'", "'lstm'"),
        changed("unknown format", "format: csv", "format: cvs", ":4:11", "'cvs'", "'csv'"),
        changed("empty list", "hidden: [4]", "hidden: []", ":17:3", "empty", "[64]"),
        changed("name that is a path", "name: waves", "name: a/b", ":1:7", "'a/b'", "letters"));
  }

  private static Stream<Mistake> rules() {
    return Stream.of(
        changed("stride beyond window", "stride: 4", "stride: 13", ":21:30", "13", "at most 12"),
        changed(
            "loss of another target",
            "hidden: [4]",
            "hidden: [4]\n  output: {activation: identity, loss: cross-entropy}",
            ":19:40",
            "cross-entropy",
            "squared-error",
            "horizon: 1",
            "horizon: 1\n  target-kind: value"),
        changed(
            "nothing left to train on",
            "validation: 8, test: 8",
            "validation: 0.6, test: 0.5",
            ":14:44",
            "0.6 + 0.5",
            "less than 1"),
        changed(
            "no part to stop by",
            "validation: 8",
            "validation: 0",
            ":23:3",
            "no validation part",
            "set data.split.validation",
            "clip: {norm: 1.0}",
            "early-stopping: {patience: 3}"),
        changed(
            "unknown engine",
            "batch: 8",
            "engine: spark-residents",
            ":20:11",
            "spark-residents",
            "spark-resident"),
        changed(
            "directions that see what they foretell",
            "hidden: [4]",
            "hidden: [4]\n  bidirectional: true",
            ":18:18",
            "bidirectional",
            "false"),
        changed(
            "dropout between the layers of one",
            "hidden: [4]",
            "hidden: [4]\n  dropout: 0.5",
            ":18:12",
            "dropout",
            "input-dropout"),
        changed(
            "a layer that cannot add what it reads",
            "hidden: [4]",
            "hidden: [4, 3]\n  residual: true",
            ":18:13",
            "residual",
            "[4, 3]"),
        changed(
            "a label string some steps ahead",
            "horizon: 1",
            "horizon: 1\n  target-kind: label-string",
            ":11:12",
            "horizon",
            "delete the line"),
        changed(
            "two units of length",
            "steps: 5",
            "steps: 5\n  epochs: 2",
            ":19:10",
            "epochs",
            "delete one"),
        changed(
            "differences without a horizon",
            "horizon: 1",
            "horizon: 0\n  difference: true",
            ":12:15",
            "every difference is 0",
            "horizon: 1"),
        new Mistake(
            "several at once",
            USAGE,
            List.of(FILE + ":4:11", FILE + ":16:9", FILE + ":20:10", "'csv'", "'gru'"),
            (bench, dir) ->
                Workbench.train(
                    dir,
                    edited(
                        dir,
                        bench,
                        "format: csv",
                        "format: cvs",
                        "cell: lstm",
                        "cell: grru",
                        "batch: 8",
                        "batch: -8"))));
  }

  private static Stream<Mistake> overrides() {
    return Stream.of(
        set(
            "override without a value",
            "training.batch",
            "section.key=value",
            "--set training.batch=64"),
        set("override of an unknown key", "training.bath=5", "unknown key", "'batch'"),
        set("override out of range", "training.batch=0", "0 is out of range", "at least 1"),
        Mistake.of(
            "override of a model's configuration",
            USAGE,
            (bench, dir) ->
                List.of("evaluate", "--model", bench.forecastModel(), "--set", "data.horizon=-1"),
            "--set data.horizon=-1",
            "-1 is out of range",
            "at least 0"));
  }

  private static Stream<Mistake> divergence() {
    return Stream.of(
        diverging(
            "enormous learning rate",
            "type: adam, learning-rate: 1e-2",
            "type: sgd, learning-rate: 1e300"),
        diverging(
            "growing activations",
            "cell: lstm",
            "cell: rnn\n  activation: identity\n  initial: {type: orthogonal}",
            "type: adam, learning-rate: 1e-2",
            "type: sgd, learning-rate: 1e12",
            "  clip: {norm: 1.0}\n",
            ""),
        Mistake.of(
            "enormous numbers without a scale",
            DIVERGED,
            (bench, dir) -> {
              String csv = "id,t,x\n" + rows("a", 1, 9) + "a,10,1e200\n" + rows("a", 11, 40);
              Path data = Workbench.file(dir, "data.csv", csv);
              String yaml = Workbench.FORECAST.replace("standardize", "none");
              return Workbench.train(dir, Workbench.config(dir, yaml, data));
            },
            "step 0",
            "not finite",
            "scale the data"));
  }

  static String rows(String id, int from, int to) {
    StringBuilder rows = new StringBuilder();
    for (int t = from; t <= to; t++) {
      rows.append("%s,%d,%s%n".formatted(id, t, t % 5 + 1));
    }
    return rows.toString();
  }

  private static Mistake diverging(String title, String... changes) {
    return Mistake.of(
        title,
        DIVERGED,
        (bench, dir) -> Workbench.train(dir, edited(dir, bench, changes)),
        "diverged at step ",
        "not finite",
        "lower training.optimizer.learning-rate");
  }

  private static Mistake set(String title, String override, String value, String remedy) {
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) -> {
          List<String> command = new ArrayList<>(Workbench.train(dir, edited(dir, bench)));
          command.addAll(List.of("--set", override));
          return command;
        },
        "--set " + override,
        value,
        remedy);
  }

  private static Mistake written(
      String title, String yaml, String place, String value, String remedy) {
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) -> Workbench.train(dir, Workbench.file(dir, "config.yaml", yaml)),
        FILE + place,
        value,
        remedy);
  }

  /** A change of the sound configuration, and more of them. */
  private static Mistake changed(
      String title,
      String from,
      String to,
      String place,
      String value,
      String remedy,
      String... more) {
    List<String> changes = new ArrayList<>(List.of(from, to));
    changes.addAll(List.of(more));
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) -> Workbench.train(dir, edited(dir, bench, changes.toArray(String[]::new))),
        place.startsWith(":") ? FILE + place : place,
        value,
        remedy);
  }

  /** The sound configuration with pairs of texts replaced. */
  private static Path edited(Path dir, Workbench bench, String... changes) {
    String yaml = Workbench.FORECAST;
    for (int i = 0; i < changes.length; i += 2) {
      assertTrue(yaml.contains(changes[i]), changes[i]);
      yaml = yaml.replace(changes[i], changes[i + 1]);
    }
    assertTrue(Files.exists(bench.table()));
    return Workbench.config(dir, yaml, bench.table());
  }
}

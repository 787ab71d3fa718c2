package io.hindsight.submit;

import static io.hindsight.submit.Mistake.USAGE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Wrong command lines. */
final class UsageMistakes {
  private UsageMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(commandLines(), benchmarks(), backtests(), runDirectories(), outputs())
        .flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> commandLines() {
    return Stream.of(
        typed("no command", "Missing command", "", "hindsight --help"),
        typed("unknown command", "'trian'", "train", "--help", "trian", "x.yaml"),
        typed("no configuration", "CONFIG", "Missing", "train --help", "train"),
        typed("two configurations", "'b.yaml'", "Unmatched", "--help", "train", "a.yaml", "b.yaml"),
        typed("no value for an option", "--run-dir", "", "--help", "train", "x.yaml", "--run-dir"),
        typed("no value for the master", "--master", "", "--help", "validate", "x", "--master"),
        typed("missing option", "--model", "Missing", "evaluate --help", "evaluate"),
        typed("unknown option", "--jsno", "--json", "--help", "evaluate", "--model", "m", "--jsno"),
        typed("no whole number", "--length", "'ten'", "--help", sample("--length", "ten")),
        typed("negative length", "--length", "-1", "0 or more", sample("--length", "-1")),
        typed("no temperature", "--temperature", "NaN", "number", sample("--temperature", "NaN")),
        typed("no seed", "--seed", "'1.5'", "--help", sample("--seed", "1.5")),
        typed("option twice", "--seed", "once", "--help", sample("--seed", "1", "--seed", "2")),
        typed("two reports", "--output", "several", "report --help", "report", "a", "b"),
        typed(
            "output of one report",
            "--output c.html",
            "into its directory",
            "report --help",
            "report",
            "a",
            "--output",
            "c.html"),
        typed("no mode", "--mode", "'replace'", "overwrite", prediction("--mode", "replace")),
        typed(
            "no option of a writer",
            "--option",
            "header",
            "--help",
            prediction("--option", "header")),
        typed(
            "a beam of nothing",
            "--beam",
            "0",
            "give 8",
            prediction("--output", "x.csv", "--beam", "0")),
        typed(
            "more samples than any",
            "--samples",
            "1001",
            "give 100",
            prediction("--output", "x.csv", "--samples", "1001")),
        typed(
            "a seed of nothing",
            "--seed",
            "is of samples",
            "--samples 100",
            prediction("--output", "x.csv", "--seed", "7")),
        typed("no output", "--output", "missing", "--format", prediction()),
        typed(
            "mode of a single file",
            "--mode",
            "what Spark writes",
            "--format parquet",
            prediction("--output", "x.csv", "--mode", "append")),
        typed("end without resume", "--ended-ok", "", "--resume", "train", "x.yaml", "--ended-ok"),
        typed("resume without a run", "--resume", "", "--run-dir", "train", "x.yaml", "--resume"),
        typed(
            "no Spark property",
            "--conf",
            "'cores=2'",
            "spark.",
            "validate",
            "x",
            "--conf",
            "cores=2"),
        typed(
            "heap of a Java that runs",
            "spark.driver.memory=9g",
            "too late",
            "HINDSIGHT_JAVA_OPTIONS",
            "validate",
            "x",
            "--conf",
            "spark.driver.memory=9g"));
  }

  private static String[] prediction(String... options) {
    return Stream.concat(
            Stream.of("predict", "--model", "m", "--input", "new.csv"), Stream.of(options))
        .toArray(String[]::new);
  }

  private static String[] sample(String... options) {
    return Stream.concat(Stream.of("sample", "--model", "m", "--prime", "a"), Stream.of(options))
        .toArray(String[]::new);
  }

  private static Stream<Mistake> benchmarks() {
    return Stream.of(
        typed(
            "shape of three", "--shapes", "'8,16,8'", "64,128,32,100", bench("--shapes", "8,16,8")),
        typed("shape in words", "--shapes", "'ten'", "whole", bench("--shapes", "8,16,8,ten")),
        typed(
            "shape of nothing", "--shapes", "8,0,8,10", "1 or more", bench("--shapes", "8,0,8,10")),
        typed(
            "shape too large",
            "--shapes",
            "9999,9999,9999,9999",
            "lower",
            bench("--shapes", "9999,9999,9999,9999")),
        typed("unknown cell", "--cells", "'lstn'", "lstm", bench("--cells", "rnn,lstn")),
        typed("no time to measure", "--seconds", "0.0", "try", bench("--seconds", "0")),
        typed("no threads", "--threads", "0", "number of cores", bench("--threads", "0")),
        typed("bench of a configuration", "--set", "seed=1", "--shapes", bench("--set", "seed=1")));
  }

  private static String[] bench(String... options) {
    return Stream.concat(Stream.of("bench"), Stream.of(options)).toArray(String[]::new);
  }

  private static Stream<Mistake> backtests() {
    return Stream.of(
        typed("no origins", "--origins", "Missing", "backtest --help", "backtest", "x.yaml"),
        typed("origins of none", "--origins", "0", "12", "backtest", "x.yaml", "--origins", "0"),
        backtest("origins without an order", "by: id", "data.split.by", "ids", "by: time", "4"),
        backtest("origins a time apart", "by: time", "--every P1D", "whole number", "12", "P1D"),
        new Mistake(
            "more origins than steps",
            Mistake.DATA,
            List.of("sequence 'a'", "but found 47", "fewer --origins", "data.min-length: 62"),
            (bench, dir) -> backtest(bench, dir, "by: time", "20")),
        backtest(
            "origins of strings", null, "data.target-kind", "label string", "one of value", "1"));
  }

  private static final String STRINGS =
      Workbench.CLASSES
          .replace("kind: class", "kind: label-string")
          .replace(", output: {at: last-step}", "");

  private static Mistake backtest(
      String title, String by, String place, String value, String remedy, String every) {
    return Mistake.of(
        title, USAGE, (bench, dir) -> backtest(bench, dir, by, every), place, value, remedy);
  }

  /** Of forecasts that are split so, or of label strings if that is null. */
  private static List<String> backtest(Workbench bench, Path dir, String by, String every) {
    Path config =
        by == null
            ? Workbench.config(dir, STRINGS, bench.nested())
            : Workbench.config(dir, Workbench.FORECAST.replace("by: time", by), bench.table());
    String runs = dir.resolve("runs").toString();
    return List.of(
        "backtest", config.toString(), "--origins", "3", "--every", every, "--run-dir", runs);
  }

  private static Stream<Mistake> runDirectories() {
    return Stream.of(
        Mistake.of(
            "run directory occupied",
            USAGE,
            (bench, dir) -> {
              Workbench.file(Files.createDirectory(dir.resolve("run")), "notes.txt", "mine");
              return Workbench.train(dir, Workbench.config(dir, Workbench.TEXT, bench.text()));
            },
            "{dir}/run",
            "not empty",
            "choose another with --run-dir"),
        Mistake.of(
            "run directory is a file",
            USAGE,
            (bench, dir) -> {
              Workbench.file(dir, "run", "mine");
              return Workbench.train(dir, Workbench.config(dir, Workbench.TEXT, bench.text()));
            },
            "{dir}/run",
            "is a file",
            "another with --run-dir"),
        Mistake.of(
            "run directory below a file",
            USAGE,
            (bench, dir) ->
                List.of(
                    "train",
                    Workbench.config(dir, Workbench.TEXT, bench.text()).toString(),
                    "--run-dir",
                    dir.resolve("config.yaml/run").toString()),
            "{dir}/config.yaml/run",
            "cannot be written",
            "another with --run-dir"),
        Mistake.of(
            "run directory on an unknown file system",
            USAGE,
            (bench, dir) ->
                List.of(
                    "train",
                    Workbench.config(dir, Workbench.TEXT, bench.text()).toString(),
                    "--run-dir",
                    "nowhere://x/run"),
            "--run-dir nowhere://x/run",
            "scheme",
            "spark.jars.packages"),
        Mistake.of(
            "run directory on a file system without its package",
            USAGE,
            (bench, dir) ->
                List.of(
                    "train",
                    Workbench.config(dir, Workbench.TEXT, bench.text()).toString(),
                    "--run-dir",
                    "s3a://x/run"),
            "--run-dir s3a://x/run",
            "scheme",
            "spark.jars.packages"),
        Mistake.of(
            "store on a file system without its package",
            USAGE,
            (bench, dir) -> List.of("prune-store", "--store", "s3a://x/data"),
            "s3a://x/data",
            "S3AFileSystem not found",
            "spark.jars.packages"),
        Mistake.of(
            "nothing to resume",
            USAGE,
            (bench, dir) -> {
              String model = bench.textModel();
              String run = model.substring(0, model.length() - "/model".length());
              String config = Workbench.config(dir, Workbench.TEXT, bench.text()).toString();
              return List.of("train", config, "--run-dir", run, "--resume");
            },
            "characters/run",
            "nothing to resume",
            "--run-dir"));
  }

  private static Stream<Mistake> outputs() {
    return Stream.of(
        predict("output of an unknown format", "{dir}/out.xls", "ending", ".csv or .jsonl"),
        predict(
            "output on an unknown file system",
            "nowhere://x/out.csv",
            "\"nowhere\"",
            "name a file"),
        Mistake.of(
            "search of answers that are no strings",
            USAGE,
            (bench, dir) -> {
              String input = bench.table().toString();
              String out = dir + "/out.csv";
              String model = bench.forecastModel();
              return List.of(
                  "predict", "--model", model, "--input", input, "--output", out, "--beam", "8");
            },
            "--beam 8",
            "of kind value",
            "leave it out"),
        Mistake.of(
            "samples of answers that are no distribution",
            USAGE,
            (bench, dir) -> {
              String input = bench.table().toString();
              String out = dir + "/out.csv";
              String model = bench.forecastModel();
              return List.of(
                  "predict", "--model", model, "--input", input, "--output", out, "--samples", "8");
            },
            "--samples 8",
            "squared-error",
            "model.output.distribution"),
        Mistake.of(
            "threshold of answers that are no classes",
            USAGE,
            (bench, dir) -> {
              String input = bench.table().toString();
              String out = dir + "/out.csv";
              String model = bench.forecastModel();
              return List.of(
                  "predict",
                  "--model",
                  model,
                  "--input",
                  input,
                  "--output",
                  out,
                  "--threshold",
                  "auto");
            },
            "--threshold auto",
            "1 output of loss squared-error",
            "leave it out"),
        predict(
            "output below a file", "{dir}/input.csv/out.csv", "cannot be created", "name a file"),
        written("format that Spark does not know", "parket", "--format parket", "spark.jars"),
        written(
            "column of the answers that is not there",
            "parquet",
            "--partition-by knd",
            "name one of them",
            "--partition-by",
            "knd"),
        written(
            "kept column named as one of the answers",
            "parquet",
            "--keep Reason",
            "rename it in the data",
            "--keep",
            "id,Reason"),
        written(
            "kept column named twice", "parquet", "--keep id", "name it once", "--keep", "id,x,id"),
        written(
            "output that would take in the data",
            "parquet",
            "the data",
            "name another place",
            "--mode",
            "overwrite"),
        Mistake.of(
            "model on an unknown file system",
            USAGE,
            (bench, dir) -> List.of("evaluate", "--model", "nowhere://x/model"),
            "--model nowhere://x/model",
            "scheme",
            "spark.jars.packages"));
  }

  /** Answers in a folder that holds the data. */
  private static Mistake written(
      String title, String format, String value, String remedy, String... options) {
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) -> {
          Path out = Files.createDirectory(dir.resolve("out"));
          String input = Files.copy(bench.table(), out.resolve("input.csv")).toString();
          String model = bench.forecastModel();
          String[] place = {"--output", out.toString(), "--format", format};
          return Stream.of(
                  new String[] {"predict", "--model", model, "--input", input}, place, options)
              .flatMap(Stream::of)
              .toList();
        },
        "--",
        value,
        remedy);
  }

  private static Mistake predict(String title, String output, String value, String remedy) {
    return Mistake.of(
        title,
        USAGE,
        (bench, dir) -> {
          String input = Files.copy(bench.table(), dir.resolve("input.csv")).toString();
          String file = output.replace("{dir}", dir.toString());
          String model = bench.forecastModel();
          return List.of("predict", "--model", model, "--input", input, "--output", file);
        },
        "--output " + output,
        value,
        remedy);
  }

  private static Mistake typed(
      String title, String place, String value, String remedy, String... arguments) {
    return Mistake.of(title, USAGE, (bench, dir) -> List.of(arguments), place, value, remedy);
  }
}

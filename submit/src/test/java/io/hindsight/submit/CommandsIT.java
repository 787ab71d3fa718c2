package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command leaves behind and prints, on small data. */
class CommandsIT {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String TWO_TARGETS =
      Workbench.FORECAST
          .replace("targets: [x]", "targets: [rate, volume]")
          .replace("[x]", "[rate]");

  @TempDir static Path shared;
  private static Workbench bench;

  @TempDir Path dir;

  @BeforeAll
  static void start() throws IOException {
    TestSession.start();
    bench = new Workbench(shared);
  }

  @Test
  void shouldTrainIntoADirectoryNamedByRunAndTime() throws IOException {
    Path runs = dir.resolve("runs");
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    CommandLineRun run = run("train", config.toString(), "--set", "output.directory=" + runs);
    Path only = only(runs);

    assertTrue(only.getFileName().toString().matches("waves-\\d{8}T\\d{6}\\.\\d{3}Z"), run.out());
    for (String name : List.of("config.yaml", "metrics.jsonl", "status.json", "model")) {
      assertTrue(Files.exists(only.resolve(name)), name);
    }
    JsonNode status = JSON.readTree(only.resolve("status.json").toFile());
    assertEquals("completed", status.get("state").asText());
    assertTrue(run.out().contains(only.toString()), run.out());
    assertTrue(run.out().contains(status.get("weights_sha256").asText()), run.out());
    assertTrue(run.out().contains("test_rmse"), run.out());
  }

  @Test
  void shouldLeaveNoLineBlankWhereThereIsNothingToScore() throws IOException {
    Path config = Workbench.config(dir, Workbench.TEXT, bench.text());
    List<String> command = new ArrayList<>(Workbench.train(dir, config));
    command.addAll(List.of("--set", "data.split={validation: 0, test: 0}"));
    CommandLineRun run = run(command.toArray(String[]::new));
    assertEquals(
        List.of("run", "steps", "weights_sha256"),
        run.out().lines().map(line -> line.replaceFirst(" .*", "")).toList());
  }

  @Test
  void shouldGiveTheResultOfAnEndedRunAgainWhereThatIsASuccess() throws IOException {
    Path ended = Path.of(bench.textModel()).getParent();
    String config = Workbench.config(dir, Workbench.TEXT, bench.text()).toString();
    String[] command = {"train", config, "--run-dir", ended.toString(), "--resume", "--ended-ok"};
    String hash = SmallRun.status(ended).get("weights_sha256").asText();
    String out = run(command).out();
    assertTrue(out.endsWith(hash + System.lineSeparator()), out);
    assertTrue(out.startsWith("run "), out);
  }

  @Test
  void shouldTrainAModelFurtherAndTellWhichItWas() throws IOException {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    List<String> command = new ArrayList<>(Workbench.train(dir, config));
    command.addAll(List.of("--start-from", bench.forecastModel(), "--encoding", "refit"));
    CommandLineRun further = run(command.toArray(String[]::new));
    Path first = Path.of(bench.forecastModel()).getParent();
    String parent = SmallRun.status(first).get("weights_sha256").asText();
    assertFalse(further.out().contains(parent), further.out());
    JsonNode report = evaluate(dir.resolve("run/model").toString());
    assertEquals(parent, report.get("parent_sha256").asText());
    assertFalse(evaluate(bench.forecastModel()).has("parent_sha256"));
  }

  @Test
  void shouldNameTheDirectoryRunsUnlessToldOtherwise() throws IOException {
    Path config = Path.of(bench.forecastModel()).resolveSibling("config.yaml");
    assertTrue(Files.readString(config).contains("directory: runs"));
  }

  @Test
  void shouldEvaluateAForecastBesideSimpleOnes() throws IOException {
    JsonNode report = evaluate(bench.forecastModel());

    Set<String> usual = Set.of("part", "targets", "loss", "rmse", "mae", "baselines", "spacing");
    assertEquals(
        plus(usual, "baseline_metrics", "bias", "mape", "mase", "rmsse", "smape", "wape"),
        fields(report));
    assertEquals(16, report.get("targets").asInt());
    assertEquals(
        Set.of("last_value", "seasonal_naive", "drift", "autoregression"),
        fields(report.get("baselines")));
    String table = run("evaluate", "--model", bench.forecastModel()).out();
    assertTrue(table.startsWith("test part, 16 targets"), table);
    for (String name : List.of("rmse", "last_value", "seasonal_naive", "autoregression")) {
      assertTrue(table.contains("\n" + name + " "), table);
    }
    assertTrue(
        table.contains("%.6g".formatted(report.get("baselines").get("last_value").asDouble())));
  }

  @Test
  void shouldLeaveOutWhatCannotBeFittedToOtherData() throws IOException {
    String other = bench.table().toString();
    JsonNode report = evaluate(bench.forecastModel(), "--data", other);

    assertEquals(94, report.get("targets").asInt());
    assertEquals(Set.of("last_value", "seasonal_naive", "drift"), fields(report.get("baselines")));
    String table = run("evaluate", "--model", bench.forecastModel(), "--data", other).out();
    assertTrue(table.contains("autoregression       left out: is fitted to a training"), table);
  }

  @Test
  void shouldEvaluateClassesAndCharacters() throws IOException {
    JsonNode classes = evaluate(bench.classModel());
    JsonNode text = evaluate(bench.textModel());

    Set<String> common = Set.of("part", "targets", "loss", "accuracy", "majority_baseline");
    Set<String> ofClasses = plus(common, "by_class", "confusion", "balanced_accuracy", "f1_macro");
    Set<String> ofTwo =
        plus(
            ofClasses,
            "positive_class",
            "threshold",
            "precision_at_threshold",
            "recall_at_threshold",
            "f1_at_threshold",
            "pr_auc");
    assertEquals(
        plus(ofTwo, "brier", "calibration", "calibration_error", "mcc", "roc_auc"),
        fields(classes));
    assertEquals(4, classes.get("targets").asInt());
    assertEquals(plus(common, "perplexity", "bits_per_character"), fields(text));
    double loss = text.get("loss").asDouble();
    assertEquals(Math.exp(loss), text.get("perplexity").asDouble(), 1e-12 * Math.exp(loss));
    assertEquals(loss / Math.log(2), text.get("bits_per_character").asDouble(), 1e-12);
  }

  @Test
  void shouldReportEachClass() throws IOException {
    JsonNode report = evaluate(bench.classModel());
    JsonNode byClass = report.get("by_class");
    JsonNode confusion = report.get("confusion");

    assertEquals(List.of("even", "odd"), names(byClass));
    long right = 0;
    for (int c = 0; c < 2; c++) {
      JsonNode figures = byClass.get(names(byClass).get(c));
      assertEquals(Set.of("precision", "recall", "f1", "support", "roc_auc"), fields(figures));
      long support = confusion.get(c).get(0).asLong() + confusion.get(c).get(1).asLong();
      assertEquals(support, figures.get("support").asLong());
      right += confusion.get(c).get(c).asLong();
    }
    assertEquals(right / 4.0, report.get("accuracy").asDouble());
    String table = run("evaluate", "--model", bench.classModel()).out();
    assertTrue(table.contains("\nby class             precision"), table);
    assertTrue(table.contains("\nconfusion: a row per true class"), table);
  }

  @Test
  void shouldAnswerOtherDataWithTheMajorityOfTheTrainingPart() throws IOException {
    // Training holds both kinds about equally often; this table holds the other one only.
    Path status = Path.of(bench.classModel()).resolveSibling("status.json");
    double trained =
        JSON.readTree(status.toFile()).get("metrics").get("test_majority_baseline").asDouble();
    assertEquals(trained, evaluate(bench.classModel()).get("majority_baseline").asDouble());
    double sum = 0;
    for (String kind : List.of("even", "odd")) {
      String row = "{\"id\":1,\"x\":[1,1,1],\"kind\":\"%s\"}%n".formatted(kind);
      Path data = Workbench.file(dir, kind + ".json", row);
      JsonNode report = evaluate(bench.classModel(), "--data", data.toString());
      double baseline = report.get("majority_baseline").asDouble();
      assertTrue(baseline == 0 || baseline == 1, report.toString());
      sum += baseline;
    }
    assertEquals(1, sum, "one of the two is the majority");
  }

  @Test
  void shouldReportEachOfSeveralTargetsInItsUnit() throws IOException {
    String model =
        bench.model("two-targets", TWO_TARGETS, Workbench.file(dir, "t.csv", twoTargets()));
    JsonNode report = evaluate(model);
    JsonNode rate = report.get("by_target").get("rate");
    JsonNode volume = report.get("by_target").get("volume");

    assertEquals(List.of("rate", "volume"), names(report.get("by_target")));
    assertTrue(rate.get("rmse").asDouble() < 2, report.toString());
    assertTrue(volume.get("mae").asDouble() > 1e4, report.toString());
    double squares =
        Math.pow(rate.get("rmse").asDouble(), 2) + Math.pow(volume.get("rmse").asDouble(), 2);
    assertEquals(Math.sqrt(squares / 2), report.get("rmse").asDouble(), 1e-6);
    JsonNode metrics =
        JSON.readTree(Path.of(model).resolveSibling("status.json").toFile()).get("metrics");
    assertEquals(rate.get("rmse"), metrics.get("test_rmse.rate"));
    assertEquals(volume.get("mae"), metrics.get("test_mae.volume"));
  }

  @Test
  void shouldPredictTheSameAsCsvAndAsJsonLines() throws IOException {
    List<String> csv = predict(bench.forecastModel(), bench.table(), "out.csv");
    List<String> lines = predict(bench.forecastModel(), bench.table(), "out.jsonl");

    assertEquals("sequence,time,x,target_time,reason", csv.get(0));
    assertEquals(2 * 48, lines.size());
    assertEquals(lines.size(), csv.size() - 1);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode row = JSON.readTree(lines.get(i));
      List<String> cells = Arrays.asList(csv.get(i + 1).split(","));
      assertEquals(
          List.of("sequence", "time", "x", "target_time", "reason"), List.copyOf(names(row)));
      assertEquals(row.get("sequence").asText(), cells.get(0));
      assertEquals(row.get("time").asText(), cells.get(1));
      assertEquals(row.get("x").asDouble(), Double.parseDouble(cells.get(2)), 0);
      assertEquals(row.get("target_time").asText(), cells.get(3));
      assertTrue(row.get("reason").isNull());
      assertTrue(csv.get(i + 1).endsWith(","), csv.get(i + 1));
    }
  }

  @Test
  void shouldPredictClassesWithTheirProbability() throws IOException {
    List<String> csv = predict(bench.classModel(), bench.nested(), "out.csv");

    assertEquals("sequence,time,kind,probability,reason", csv.get(0));
    assertEquals(1 + 16, csv.size());
    for (String row : csv.subList(1, csv.size())) {
      String[] cells = row.split(",");
      assertTrue(List.of("even", "odd").contains(cells[2]), row);
      double probability = Double.parseDouble(cells[3]);
      assertTrue(probability >= 0.5 && probability <= 1, row);
    }
  }

  @Test
  void shouldHaveSparkWriteTheAnswersOfTheFile() throws IOException {
    List<String> file = predict(bench.forecastModel(), bench.table(), "out.csv");
    CommandLineRun run =
        run(
            "predict",
            "--model",
            bench.forecastModel(),
            "--input",
            bench.table().toString(),
            "--output",
            dir.resolve("out").toString(),
            "--format",
            "csv",
            "--partition-by",
            "id",
            "--option",
            "sep=;",
            "--keep",
            "t,id");
    assertEquals("96 rows in " + dir.resolve("out") + System.lineSeparator(), run.out());
    Path parts = dir.resolve("out/id=b");
    List<String> rows = Files.readAllLines(only(parts, "part-.*"));

    assertEquals("t;step;prediction;target_time;model_version;reason", rows.get(0));
    assertEquals(48, rows.size() - 1);
    for (int t = 0; t < 48; t++) {
      String[] ours = rows.get(t + 1).split(";", -1);
      String[] theirs = file.get(49 + t).split(",", -1);
      assertEquals(List.of("b", ours[0]), List.of(theirs[0], theirs[1]));
      assertEquals(Integer.toString(t), ours[1]);
      assertEquals(Double.parseDouble(theirs[2]), Double.parseDouble(ours[2]), 0);
      assertEquals(theirs[3], ours[3]);
      assertEquals(
          hash(Path.of(bench.forecastModel()).resolveSibling("status.json")).substring(0, 12),
          ours[4]);
      assertEquals("", ours[5].replace("\"", ""));
    }
  }

  @Test
  void shouldSampleTheSameTextForTheSameSeed() throws IOException {
    String first = sample("--seed", "1");

    assertEquals(first, sample("--seed", "1"));
    assertNotEquals(first, sample("--seed", "2"));
    assertTrue(first.startsWith("the cat"), first);
    assertEquals("the cat".length() + 80, first.strip().length(), 8); // blanks at the end
    assertEquals(
        sample("--temperature", "0", "--seed", "1"), sample("--temperature", "0", "--seed", "2"));
  }

  @Test
  void shouldTellWhatAForecastReachesAtEachOrigin() throws IOException {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    List<String> command =
        List.of("backtest", config.toString(), "--origins", "2", "--every", "3", "--run-dir");
    Path table = dir.resolve("origins.csv");
    JsonNode report =
        JSON.readTree(run(command, dir.resolve("runs"), "--json", "--out", table.toString()).out());

    assertEquals(Set.of("refit", "origins", "all"), fields(report));
    assertEquals(2, report.get("origins").size());
    Set<String> ofAll =
        plus(
            Set.of("from", "to", "targets", "baselines"),
            "rmse",
            "mae",
            "mase",
            "rmsse",
            "bias",
            "mape",
            "smape",
            "wape");
    assertEquals(ofAll, fields(report.get("all")));
    assertEquals(plus(ofAll, "origin", "model"), fields(report.get("origins").get(0)));
    assertEquals(12, report.get("all").get("targets").asInt()); // of two sequences
    assertEquals(
        Set.of("last_value", "seasonal_naive", "drift", "autoregression"),
        fields(report.get("all").get("baselines")));
    assertEquals(
        Set.of("rmse", "mae", "mase", "targets"),
        fields(report.get("all").get("baselines").get("drift")));

    List<String> lines = Files.readAllLines(table);
    assertEquals(4, lines.size());
    assertTrue(lines.get(0).startsWith("origin,from,to,targets,rmse,mae,mase,"), lines.get(0));
    assertTrue(lines.get(3).startsWith("all,,,12," + report.get("all").get("rmse").asText()));
    String text = run(command, dir.resolve("runs")).out();
    assertEquals(4, text.lines().count());
    assertTrue(text.contains("last_value_rmse"), text);
    assertTrue(text.contains("%.6g".formatted(report.get("all").get("rmse").asDouble())), text);
  }

  @Test
  void shouldTellWhatClassesReachAtEachOrigin() throws IOException {
    Path table = dir.resolve("levels.csv");
    String rows = Files.readString(bench.table());
    Files.writeString(
        table,
        rows.lines()
            .map(
                row ->
                    row + (row.startsWith("id") ? ",level" : row.contains(",9") ? ",low" : ",high"))
            .collect(Collectors.joining("\n")));
    String yaml =
        Workbench.FORECAST
            .replace("targets: [x]", "targets: [level]\n  target-kind: class")
            .replace("  horizon: 1\n  season: 8\n", "");
    String config = Workbench.config(dir, yaml, table).toString();
    List<String> command =
        List.of("backtest", config, "--origins", "2", "--every", "3", "--run-dir");
    JsonNode report = JSON.readTree(run(command, dir.resolve("runs"), "--json").out());

    Set<String> ofAll =
        Set.of("from", "to", "targets", "accuracy", "majority_baseline", "log_loss", "f1_macro");
    assertEquals(ofAll, fields(report.get("all")));
    assertEquals(plus(ofAll, "origin", "model"), fields(report.get("origins").get(0)));
    String text = run(command, dir.resolve("runs")).out();
    String columns = "origin from to targets accuracy majority_baseline log_loss f1_macro";
    assertEquals(columns, text.lines().findFirst().orElseThrow().replaceAll(" +", " "));
    assertEquals(4, text.lines().count());
  }

  private static CommandLineRun run(List<String> command, Path folder, String... options) {
    List<String> all = new ArrayList<>(command);
    all.add(folder.toString());
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  @Test
  void shouldCheckGradientsBlockByBlock() throws IOException {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    String out = run("gradcheck", config.toString()).out();

    for (String block :
        List.of("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_hh_l0", "out.weight")) {
      assertTrue(out.contains(block), out);
    }
    assertTrue(out.endsWith("passed" + System.lineSeparator()), out);
    assertFalse(out.contains("TOO LARGE"), out);
  }

  @Test
  void shouldWriteDecimalPointsInEveryCountry() throws IOException {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    Locale here = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String out = run("gradcheck", config.toString()).out();
      assertTrue(out.matches("(?s)\\S+ +\\d\\.\\d\\de-\\d\\d  over.*"), out);
    } finally {
      Locale.setDefault(here);
    }
  }

  @Test
  void shouldSayThatAConfigurationIsValid() {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    String out = run("validate", config.toString()).out();

    assertEquals(config + ": valid, a run named 'waves'" + System.lineSeparator(), out);
  }

  @Test
  void shouldTrainTheSameWeightsFromTheResolvedConfiguration() throws IOException {
    Path resolved = Path.of(bench.forecastModel()).resolveSibling("config.yaml");
    Path again = dir.resolve("again");
    run("train", resolved.toString(), "--run-dir", again.toString());

    assertEquals(hash(resolved.resolveSibling("status.json")), hash(again.resolve("status.json")));
  }

  private static String twoTargets() {
    StringBuilder csv = new StringBuilder("id,t,rate,volume%n".formatted());
    for (int t = 0; t < 60; t++) {
      double wave = StrictMath.sin(t * Math.PI / 4);
      csv.append("a,%d,%s,%s%n".formatted(t, 1 + 0.1 * wave, 1e6 + 2e5 * wave + 1e3 * t));
    }
    return csv.toString();
  }

  private static String hash(Path status) throws IOException {
    return JSON.readTree(status.toFile()).get("weights_sha256").asText();
  }

  private List<String> predict(String model, Path input, String name) throws IOException {
    Path output = dir.resolve(name);
    run("predict", "--model", model, "--input", input.toString(), "--output", output.toString());
    return Files.readAllLines(output);
  }

  private static String sample(String... options) throws IOException {
    Stream<String> command =
        Stream.of("sample", "--model", bench.textModel(), "--prime", "the cat", "--length", "80");
    return run(Stream.concat(command, Stream.of(options)).toArray(String[]::new)).out();
  }

  private static JsonNode evaluate(String model, String... options) throws IOException {
    Stream<String> command = Stream.of("evaluate", "--model", model, "--json");
    return JSON.readTree(
        run(Stream.concat(command, Stream.of(options)).toArray(String[]::new)).out());
  }

  private static CommandLineRun run(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    return run;
  }

  private static Path only(Path folder) throws IOException {
    return only(folder, ".*");
  }

  private static Path only(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }

  private static Set<String> plus(Set<String> some, String... more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private static Set<String> fields(JsonNode node) {
    return new TreeSet<>(names(node));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}

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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command leaves behind and prints, on small data. */
class CommandsIT {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
  void shouldNameTheDirectoryRunsUnlessToldOtherwise() throws IOException {
    Path config = Path.of(bench.forecastModel()).resolveSibling("config.yaml");
    assertTrue(Files.readString(config).contains("directory: runs"));
  }

  @Test
  void shouldEvaluateAForecastBesideSimpleOnes() throws IOException {
    JsonNode report = evaluate(bench.forecastModel());

    assertEquals(Set.of("part", "targets", "loss", "rmse", "mae", "baselines"), fields(report));
    assertEquals(16, report.get("targets").asInt());
    assertEquals(
        Set.of("last_value", "seasonal_naive", "autoregression"), fields(report.get("baselines")));
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
    assertEquals(Set.of("last_value", "seasonal_naive"), fields(report.get("baselines")));
    String table = run("evaluate", "--model", bench.forecastModel(), "--data", other).out();
    assertTrue(table.contains("autoregression       left out: is fitted to a training"), table);
  }

  @Test
  void shouldEvaluateClassesAndCharacters() throws IOException {
    JsonNode classes = evaluate(bench.classModel());
    JsonNode text = evaluate(bench.textModel());

    assertEquals(Set.of("part", "targets", "loss", "accuracy"), fields(classes));
    assertEquals(4, classes.get("targets").asInt());
    assertEquals(
        Set.of("part", "targets", "loss", "accuracy", "perplexity", "bits_per_character"),
        fields(text));
    double loss = text.get("loss").asDouble();
    assertEquals(Math.exp(loss), text.get("perplexity").asDouble(), 1e-12 * Math.exp(loss));
    assertEquals(loss / Math.log(2), text.get("bits_per_character").asDouble(), 1e-12);
  }

  @Test
  void shouldPredictTheSameAsCsvAndAsJsonLines() throws IOException {
    List<String> csv = predict(bench.forecastModel(), bench.table(), "out.csv");
    List<String> lines = predict(bench.forecastModel(), bench.table(), "out.jsonl");

    assertEquals("sequence,time,x", csv.get(0));
    assertEquals(2 * 48, lines.size());
    assertEquals(lines.size(), csv.size() - 1);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode row = JSON.readTree(lines.get(i));
      List<String> cells = Arrays.asList(csv.get(i + 1).split(","));
      assertEquals(List.of("sequence", "time", "x"), List.copyOf(names(row)));
      assertEquals(row.get("sequence").asText(), cells.get(0));
      assertEquals(row.get("time").asText(), cells.get(1));
      assertEquals(row.get("x").asDouble(), Double.parseDouble(cells.get(2)), 0);
    }
  }

  @Test
  void shouldPredictClassesWithTheirProbability() throws IOException {
    List<String> csv = predict(bench.classModel(), bench.nested(), "out.csv");

    assertEquals("sequence,time,kind,probability", csv.get(0));
    assertEquals(1 + 16, csv.size());
    for (String row : csv.subList(1, csv.size())) {
      String[] cells = row.split(",");
      assertTrue(List.of("even", "odd").contains(cells[2]), row);
      double probability = Double.parseDouble(cells[3]);
      assertTrue(probability >= 0.5 && probability <= 1, row);
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
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
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

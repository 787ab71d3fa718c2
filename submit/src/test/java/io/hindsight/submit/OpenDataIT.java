package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data with more than training saw, or less than it needs: from the table to the last command. */
class OpenDataIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SHOPS =
      """
      seed: 1
      data:
        format: csv
        path: PATH
        options: {header: true}
        sequence: shop
        time: month
        inputs: [y]
        targets: [y]
        difference: true
        split: {by: time, validation: 2, test: 2}
      model: {cell: gru, hidden: [4]}
      training: {epochs: 2, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
      """;

  private static final String NOVEL =
      """
      seed: 1
      data: {format: text, path: PATH, split: {validation: 60}}
      model: {cell: rnn, hidden: [8]}
      training:
        steps: 5
        batch: 2
        bptt: {window: 10}
        optimizer: {type: adam, learning-rate: 1e-2}
      """;

  private static final String KINDS =
      """
      seed: 1
      data:
        format: csv
        path: PATH
        options: {header: true}
        time: t
        inputs: [x]
        targets: [kind]
        target-kind: class
        split: {by: time, validation: 6, test: 0}
      model: {cell: rnn, hidden: [4]}
      training: {epochs: 2, batch: 1, optimizer: {type: adam, learning-rate: 1e-2}}
      """;

  @TempDir Path dir;

  @BeforeAll
  static void start() {
    TestSession.start();
  }

  @Test
  void shouldTrainWithoutTheShortShopsAsIfTheyWereNotThere() throws IOException {
    JsonNode all = train("all", SHOPS, shops(true));
    JsonNode without = train("without", SHOPS, shops(false));

    assertEquals(without.get("weights_sha256"), all.get("weights_sha256"));
    assertEquals(without.get("metrics"), all.get("metrics"));
    assertEquals(12, all.get("data").get("sequences").get("read").asInt());
    assertEquals(10, all.get("data").get("sequences").get("training").asInt());
    assertEquals(2, all.get("data").get("left_out").get("too_short").asInt());
    assertEquals("[\"s03b\",\"s07b\"]", all.get("data").get("left_out").get("first").toString());
  }

  @Test
  void shouldAnswerAShortShopWithAReason() throws IOException {
    train("all", SHOPS, shops(true));
    List<String> csv = predict("out.csv");
    String printed = csv.get(0);
    List<String> rows = csv.subList(1, csv.size());

    assertTrue(printed.contains("2 of them without an answer"), printed);
    assertEquals("sequence,time,y,target_time,reason", rows.get(0));
    assertEquals(
        "s03b,2020-01,,,too short: 1 step where 2 are needed",
        rows.stream().filter(row -> row.startsWith("s03b,")).findFirst().orElseThrow());
    List<String> ids = rows.stream().skip(1).map(row -> row.split(",")[0]).toList();
    assertEquals(ids.stream().sorted().toList(), ids);
    assertTrue(rows.get(1).endsWith(","), rows.get(1));

    List<String> json = predict("out.jsonl");
    JsonNode row = null;
    for (String line : json.subList(1, json.size())) {
      JsonNode one = JSON.readTree(line);
      assertEquals(5, one.size());
      row = one.get("sequence").asText().equals("s07b") ? one : row;
    }
    assertTrue(row.get("y").isNull());
    assertTrue(row.get("reason").asText().startsWith("too short"), row.toString());
  }

  @Test
  void shouldCountInEvaluateWhatIsLeftOut() throws IOException {
    train("all", SHOPS, shops(true));
    String model = dir.resolve("all/model").toString();

    assertEquals(2, evaluate("all").get("left_out_sequences").asInt());
    CommandLineRun table = run("evaluate", "--model", model);
    assertTrue(table.out().lines().anyMatch(l -> l.matches("left_out_sequences +2")), table.out());
    JsonNode longer = evaluate("all", "--set", "data.min-length=9");
    assertEquals(3, longer.get("left_out_sequences").asInt());
  }

  @Test
  void shouldTellAllUnknownCharactersOrSkipThem() throws IOException {
    Path text = novel();
    Path config = Workbench.config(dir, NOVEL, text);
    CommandLineRun refused = trainRun(config, "refused");

    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("3 others, 4 times in 60 characters"), refused.err());
    assertTrue(refused.err().contains("'é' (U+00E9) 2 times, first at " + text + ":"));
    assertTrue(refused.err().contains("data.unknown: skip"), refused.err());

    JsonNode status = train("skipped", NOVEL, text, "data.unknown=skip");
    JsonNode metrics = status.get("metrics");
    assertEquals(4, metrics.get("validation_skipped_targets").asInt());
    assertEquals(4, status.get("data").get("unknown").get("occurrences").asInt());
    double loss = metrics.get("validation_loss").asDouble();
    assertEquals(Math.exp(loss), metrics.get("validation_perplexity").asDouble(), 1e-9);
    JsonNode report = evaluate("skipped");
    assertEquals(58 - 4, report.get("targets").asInt());
    assertEquals(4, report.get("skipped_targets").asInt());
    assertEquals(loss, report.get("loss").asDouble(), 0);
  }

  @Test
  void shouldUseAModelThatRefusedOnDataThatItSkips() throws IOException {
    train("text", NOVEL, Files.writeString(dir.resolve("plain.txt"), "the cat sat ".repeat(30)));
    String model = dir.resolve("text/model").toString();
    String other = novel().toString();

    assertEquals(3, CommandLineRun.of("evaluate", "--model", model, "--data", other).code());
    JsonNode report = evaluate("text", "--data", other, "--set", "data.unknown=skip");
    assertTrue(report.get("skipped_targets").asInt() > 4, report.toString());
    CommandLineRun refused = CommandLineRun.of("sample", "--model", model, "--prime", "Zoë");
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("3 others, 3 times in 3 characters"), refused.err());
    String prime = sample(model, "--prime", "caZë", "--set", "data.unknown=skip");
    assertTrue(prime.startsWith("caZë"), prime);
  }

  @Test
  void shouldTellAClassThatOnlyValidationHoldsOrSkipIt() throws IOException {
    Path table = kinds();
    CommandLineRun refused = trainRun(Workbench.config(dir, KINDS, table), "refused");

    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("1 that does not, 2 times"), refused.err());
    assertTrue(refused.err().contains("'rare' 2 times, wholly in the validation part"));
    JsonNode status = train("skipped", KINDS, table, "data.unknown=skip");
    assertEquals(2, status.get("metrics").get("validation_skipped_targets").asInt());
    JsonNode report = evaluate("skipped");
    assertEquals(4, report.get("targets").asInt());
    assertEquals(2, report.get("skipped_targets").asInt());
    assertFalse(report.toString().contains("rare"), report.toString());
  }

  /** 10 shops of 8 to 17 months; and two of one month, whose names sort among them. */
  private Path shops(boolean withShort) throws IOException {
    StringBuilder csv = new StringBuilder("shop,month,y\n");
    for (int shop = 0; shop < 10; shop++) {
      for (int month = 0; month < 8 + shop; month++) {
        String time = "%d-%02d".formatted(2020 + month / 12, month % 12 + 1);
        csv.append("s%02d,%s,%d%n".formatted(shop, time, 50 + 7 * shop + month * month % 11));
      }
      if (withShort && shop % 4 == 3) {
        csv.append("s%02db,2020-01,9000%n".formatted(shop));
      }
    }
    return Files.writeString(dir.resolve(withShort ? "shops.csv" : "long.csv"), csv);
  }

  private Path novel() throws IOException {
    String end = "the café sat on thé mat, ñ and ő of the cat sat on the mat o";
    assertEquals(60, end.length());
    return Files.writeString(
        dir.resolve("novel.txt"), "the cat sat of the mat, and ".repeat(9) + end);
  }

  /** A kind per step, one of which occurs in the last steps only. */
  private Path kinds() throws IOException {
    StringBuilder csv = new StringBuilder("t,x,kind\n");
    for (int t = 0; t < 30; t++) {
      String kind = t == 26 || t == 29 ? "rare" : t % 3 == 0 ? "1" : "2.0";
      csv.append("%d,%d,%s%n".formatted(t, t % 3, kind));
    }
    return Files.writeString(dir.resolve("kinds.csv"), csv);
  }

  /** Trains, and answers what {@code status.json} says. */
  private JsonNode train(String name, String yaml, Path data, String... changes)
      throws IOException {
    CommandLineRun run = trainRun(Workbench.config(dir, yaml, data), name, changes);
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(dir.resolve(name).resolve("status.json").toFile());
  }

  private CommandLineRun trainRun(Path config, String name, String... changes) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", config.toString(), "--run-dir", dir.resolve(name).toString()));
    for (String change : changes) {
      args.addAll(List.of("--set", change));
    }
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  /** What predict prints, and the lines it writes. */
  private List<String> predict(String name) throws IOException {
    Path output = dir.resolve(name);
    CommandLineRun run =
        run(
            "predict",
            "--model",
            dir.resolve("all/model").toString(),
            "--input",
            dir.resolve("shops.csv").toString(),
            "--output",
            output.toString());
    List<String> lines = new ArrayList<>(List.of(run.out().strip()));
    lines.addAll(Files.readAllLines(output));
    return lines;
  }

  private JsonNode evaluate(String name, String... more) throws IOException {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("evaluate", "--model", dir.resolve(name).resolve("model").toString()));
    args.add("--json");
    args.addAll(List.of(more));
    return JSON.readTree(run(args.toArray(String[]::new)).out());
  }

  private static String sample(String model, String... more) {
    List<String> args = new ArrayList<>(List.of("sample", "--model", model, "--length", "40"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new)).out().strip();
  }

  private static CommandLineRun run(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.code(), run.err());
    return run;
  }
}

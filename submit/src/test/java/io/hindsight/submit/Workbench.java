package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Small sound data, configurations and trained models, from which tests start. */
final class Workbench {
  /** A forecast of a long table; the names of what mistakes replace are unique in it. */
  static final String FORECAST =
      """
      name: waves
      seed: 7
      data:
        format: csv
        path: PATH
        options: {header: true}
        sequence: id
        time: t
        inputs: [x]
        targets: [x]
        horizon: 1
        season: 8
        scale: standardize
        split: {by: time, validation: 8, test: 8}
      model:
        cell: lstm
        hidden: [4]
      training:
        steps: 5
        batch: 8
        bptt: {window: 12, stride: 4}
        optimizer: {type: adam, learning-rate: 1e-2}
        clip: {norm: 1.0}
      """;

  /** Two classes of nested sequences. */
  static final String CLASSES =
      """
      name: classes
      data:
        format: json
        path: PATH
        sequence: id
        inputs: [x]
        targets: [kind]
        target-kind: class
        split: {by: id, test: 0.25}
      model: {cell: gru, hidden: [4], output: {at: last-step}}
      training: {steps: 5, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
      """;

  /** A character model. */
  static final String TEXT =
      """
      name: text
      data: {format: text, path: PATH, split: {validation: 0.1, test: 0.1}}
      model: {cell: rnn, hidden: [8]}
      training:
        steps: 5
        batch: 8
        bptt: {window: 10, carry-state: true}
        optimizer: {type: adam, learning-rate: 1e-2}
      """;

  private final Path folder;
  private final Path table;
  private final Path nested;
  private final Path text;

  /** Writes the data files. */
  Workbench(Path folder) throws IOException {
    this.folder = folder;
    table = Files.writeString(folder.resolve("waves.csv"), waves());
    nested = Files.writeString(folder.resolve("kinds.json"), kinds());
    text = Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat. ".repeat(60));
  }

  private static String waves() {
    StringBuilder csv = new StringBuilder("id,t,x\n");
    for (String id : List.of("a", "b")) {
      for (int t = 0; t < 48; t++) {
        double value = 10 + StrictMath.sin(t * Math.PI / 4) + 0.01 * t + (id.equals("b") ? 1 : 0);
        csv.append("%s,%d,%s%n".formatted(id, t, value));
      }
    }
    return csv.toString();
  }

  private static String kinds() {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      String kind = i % 2 == 0 ? "even" : "odd";
      json.append("{\"id\":%d,\"x\":[%d,1,%d],\"kind\":\"%s\"}%n".formatted(i, i % 2, i, kind));
    }
    return json.toString();
  }

  Path table() {
    return table;
  }

  Path nested() {
    return nested;
  }

  Path text() {
    return text;
  }

  /** Writes a configuration that reads a file. */
  static Path config(Path dir, String yaml, Path data) {
    return file(dir, "config.yaml", yaml.replace("PATH", data.toString()));
  }

  static Path file(Path dir, String name, String content) {
    return file(dir, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Path file(Path dir, String name, byte[] content) {
    try {
      return Files.write(dir.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that trains by a configuration into {@code dir/run}. */
  static List<String> train(Path dir, Path config) {
    return List.of("train", config.toString(), "--run-dir", dir.resolve("run").toString());
  }

  /** Trains and answers the model directory. */
  String model(String name, String yaml, Path data) throws IOException {
    Path dir = Files.createDirectories(folder.resolve(name));
    List<String> command = train(dir, config(dir, yaml, data));
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return dir.resolve("run/model").toString();
  }

  /** The forecast model, trained at the first call. */
  String forecastModel() throws IOException {
    return once("forecast", FORECAST, table);
  }

  /** The class model, trained at the first call. */
  String classModel() throws IOException {
    return once("class", CLASSES, nested);
  }

  /** The character model, trained at the first call. */
  String textModel() throws IOException {
    return once("characters", TEXT, text);
  }

  private String once(String name, String yaml, Path data) throws IOException {
    Path known = folder.resolve(name).resolve("run/model");
    return Files.exists(known) ? known.toString() : model(name, yaml, data);
  }

  /** A copy of a model, outside the mistake's folder. */
  Path copy(String model) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> files = Files.list(Path.of(model))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}

package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that goes to other programs answers there as here, and comes back as it was. */
class ExchangeIT {
  private static final int STEPS = 48; // of each sequence of the bench's table

  @TempDir static Path shared;
  private static Workbench bench;

  @TempDir Path dir;

  @BeforeAll
  static void start() throws IOException {
    TestSession.start();
    bench = new Workbench(shared);
  }

  @Test
  void shouldAnswerByOnnxWhatPredictWrites() throws IOException, OrtException {
    String file = dir.resolve("waves.onnx").toString();
    String whole = Workbench.FORECAST.replace("window: 12, stride: 4", "window: 48, stride: 48");
    String model = bench.model("whole", whole, bench.table());
    String[] export = {"export", "--model", model, "--onnx", file};
    assertEquals(file, run(with(export, "--precision", "double", "--with-scaling")).strip());
    String table = bench.table().toString();
    String csv = dir.resolve("answers.csv").toString();
    run("predict", "--model", model, "--input", table, "--output", csv);
    List<Double> expected =
        Files.readAllLines(Path.of(csv)).stream()
            .skip(1)
            .map(row -> Double.valueOf(row.split(",")[2]))
            .toList();
    double[] answers = onnx(file, values(table));
    assertEquals(2 * STEPS, expected.size());
    assertEquals(answers.length, expected.size());
    for (int i = 0; i < answers.length; i++) {
      assertEquals(expected.get(i), answers[i], 1e-12 * Math.abs(answers[i]), "row " + i);
    }
  }

  private static double[] values(String table) throws IOException {
    return Files.readAllLines(Path.of(table)).stream()
        .skip(1)
        .mapToDouble(row -> Double.parseDouble(row.split(",")[2]))
        .toArray();
  }

  private static double[] onnx(String file, double[] values) throws OrtException {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    long[] shape = {2, STEPS, 1};
    long[] lengths = {STEPS, STEPS};
    try (OrtSession session = runtime.createSession(file);
        OnnxTensor features = OnnxTensor.createTensor(runtime, DoubleBuffer.wrap(values), shape);
        OnnxTensor steps =
            OnnxTensor.createTensor(runtime, LongBuffer.wrap(lengths), new long[] {2});
        OrtSession.Result result = session.run(Map.of("features", features, "lengths", steps))) {
      DoubleBuffer answers = ((OnnxTensor) result.get(0)).getDoubleBuffer();
      double[] numbers = new double[answers.remaining()];
      answers.get(numbers);
      return numbers;
    }
  }

  @Test
  void shouldComeBackFromPyTorchWithTheSameBitsAndTrainOn() throws IOException {
    String model = bench.forecastModel();
    Path exported = dir.resolve("exported");
    run("export", "--model", model, "--pytorch", exported.toString());
    assertTrue(Files.readString(exported.resolve("model.py")).contains("nn.LSTM(1, 4, "));
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    String weights = exported.resolve("model.safetensors").toString();
    String back = dir.resolve("back").toString();
    String[] imported = {"import", config.toString(), "--pytorch", weights, "--output", back};
    String told = run(imported);
    assertTrue(told.contains(hash(model)), told);
    assertEquals(hash(model), hash(back));
    String[] evaluate = {"evaluate", "--model", model};
    assertEquals(run(evaluate), run("evaluate", "--model", back));

    String[] further = with(Workbench.train(dir, config).toArray(String[]::new), "--start-from");
    run(with(further, back));
    assertNotEquals(hash(back), hash(dir.resolve("run/model").toString()));
    assertEquals(hash(back), field(dir.resolve("run/model").toString(), "parent_sha256"));
  }

  private static String hash(String model) throws IOException {
    return field(model, "weights_sha256");
  }

  private static String field(String model, String name) throws IOException {
    return new ObjectMapper().readTree(Path.of(model, "model.json").toFile()).get(name).asText();
  }

  private static String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String run(String... command) {
    CommandLineRun run = CommandLineRun.of(command);
    assertEquals(0, run.code(), run.err());
    return run.out();
  }
}

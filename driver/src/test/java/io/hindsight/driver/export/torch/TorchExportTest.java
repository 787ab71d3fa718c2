package io.hindsight.driver.export.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.export.ExportedNetworks;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchExportTest {
  private static final double TOLERANCE = 1e-12;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers what each folder's script does, in one process: PyTorch takes seconds to load. */
  private static final String ALL =
      """
      import importlib.util, json, os, torch
      answers = []
      for number in range(len(os.listdir("models"))):
          place = "models/%d/model.py" % number
          spec = importlib.util.spec_from_file_location("model%d" % number, place)
          module = importlib.util.module_from_spec(spec)
          spec.loader.exec_module(module)
          read = json.load(open("models/%d/sequence.json" % number))
          doubles = {"features": torch.float64, "statics": torch.float64}
          inputs = {k: torch.tensor([v], dtype=doubles.get(k)) for k, v in read.items()}
          with torch.no_grad():
              answers.append(module.load()(**inputs)[0].tolist())
      print(json.dumps(answers))
      """;

  @TempDir private Path folder;

  @Test
  void shouldAnswerInPyTorchWhatThePredictorAnswers() throws Exception {
    Optional<String> python = Python.withTorch();
    assumeTrue(python.isPresent(), "no python3 with PyTorch on this machine");
    List<NetworkSpec> networks = ExportedNetworks.usual(ExportedNetworks.usualCells());
    List<double[]> expected = new ArrayList<>();
    for (int number = 0; number < networks.size(); number++) {
      expected.add(export(networks.get(number), number, folder.resolve("models/" + number)));
    }
    JsonNode answers = JSON.readTree(Python.run(python.get(), folder, "", "-c", ALL));
    assertEquals(networks.size(), answers.size());
    for (int number = 0; number < networks.size(); number++) {
      double deviation =
          ExportedNetworks.deviation(expected.get(number), numbers(answers.get(number)));
      assertTrue(deviation <= TOLERANCE, networks.get(number) + " deviates by " + deviation);
    }
  }

  @Test
  void shouldAnswerASequenceThatTheScriptIsGiven() throws Exception {
    Optional<String> python = Python.withTorch();
    assumeTrue(python.isPresent(), "no python3 with PyTorch on this machine");
    InputSpec input = ExportedNetworks.inputs().get(3);
    NetworkSpec network =
        NetworkSpec.plain(
            input, new LstmCell(), List.of(5), new OutputSpec(2, Loss.GAUSSIAN, At.EVERY_STEP));
    double[] expected = export(network, 3, folder.resolve("one"));
    String sequence = Files.readString(folder.resolve("one/sequence.json"));
    String answer = Python.run(python.get(), folder, sequence, "one/model.py");
    assertTrue(ExportedNetworks.deviation(expected, numbers(JSON.readTree(answer))) <= TOLERANCE);
  }

  @Test
  void shouldRefuseWhatNoModuleComputesNamingTheLayers() {
    StateNoise zoneout = new StateNoise(0, 0.1, 0);
    NetworkSpec network =
        new NetworkSpec(
            InputSpec.dense(2),
            List.of(
                RecurrentSpec.plain(new LstmCell(), 3),
                new RecurrentSpec(new LstmCell(), 3, false, true, false, StateNoise.NONE),
                RecurrentSpec.plain(new RnnCell(Activation.SIGMOID), 3),
                new RecurrentSpec(new LstmCell(), 3, false, false, false, zoneout)),
            new OutputSpec(1, Loss.SQUARED_ERROR, At.LAST_STEP));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> write(network, folder.resolve("refused")));
    assertEquals(
        "--pytorch "
            + folder.resolve("refused")
            + ": the modules of torch.nn cannot compute this network: recurrent layer 1 normalises"
            + " its products (layer-norm), which no module of it does; recurrent layer 2 has the"
            + " activation sigmoid, and nn.RNN knows tanh and relu; recurrent layer 3 keeps a share"
            + " of its state at each step (zoneout), which none does; use --onnx, or train without"
            + " that",
        refused.getMessage());
    assertTrue(Files.notExists(folder.resolve("refused")));
  }

  @Test
  void shouldLeaveFilesAloneThatAreThere() throws IOException {
    NetworkSpec network = ExportedNetworks.usual(List.of(new LstmCell())).get(0);
    Path place = folder.resolve("there");
    write(network, place);
    String before = Files.readString(place.resolve("model.py"));
    Files.delete(place.resolve("model.safetensors"));
    assertThrows(DataException.class, () -> write(network, place));
    assertEquals(before, Files.readString(place.resolve("model.py")));
    assertTrue(Files.notExists(place.resolve("model.safetensors")));
  }

  private static void write(NetworkSpec network, Path place) {
    TorchExport.write(ExportedNetworks.model(network, 1), "test", place.toString());
  }

  /** Writes a model and a sequence, and tells what is to be answered. */
  private static double[] export(NetworkSpec network, long seed, Path place) throws IOException {
    StoredModel model = ExportedNetworks.model(network, seed);
    TorchExport.write(model, "model \"" + seed + "\"", place.toString());
    Sequence sequence = ExportedNetworks.sequence(network.input(), 7, new Random(seed));
    Files.writeString(place.resolve("sequence.json"), json(network.input(), sequence).toString());
    return ExportedNetworks.answers(model, sequence);
  }

  private static ObjectNode json(InputSpec input, Sequence sequence) {
    ObjectNode json = JSON.createObjectNode();
    if (input.isTokens()) {
      return json.set("tokens", JSON.valueToTree(sequence.tokens()));
    }
    if (input.ownNumbers() > 0) {
      json.set("features", rows(JSON.valueToTree(sequence.features()), sequence.length()));
    }
    if (input.stepCategories() > 0) {
      json.set("categories", rows(JSON.valueToTree(sequence.categories()), sequence.length()));
    }
    if (input.statics() > 0) {
      json.set("statics", JSON.valueToTree(sequence.statics().features()));
    }
    if (input.sequenceCategories() > 0) {
      json.set("static_categories", JSON.valueToTree(sequence.statics().categories()));
    }
    return json;
  }

  private static ArrayNode rows(ArrayNode flat, int rows) {
    ArrayNode nested = JSON.createArrayNode();
    int width = flat.size() / rows;
    for (int row = 0; row < rows; row++) {
      ArrayNode one = nested.addArray();
      for (int i = 0; i < width; i++) {
        one.add(flat.get(row * width + i));
      }
    }
    return nested;
  }

  private static double[] numbers(JsonNode json) {
    return flat(json).toArray();
  }

  private static DoubleStream flat(JsonNode json) {
    if (json.isNumber()) {
      return DoubleStream.of(json.doubleValue());
    }
    List<JsonNode> each = new ArrayList<>();
    json.forEach(each::add);
    return each.stream().flatMapToDouble(TorchExportTest::flat);
  }
}

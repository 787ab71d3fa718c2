package io.hindsight.driver.export.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.export.ExportedNetworks;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxExportTest {
  private static final Encoding ANY = new Encoding.Generated("adding", 9, 2, 1, TargetKind.VALUE);

  private static double tolerance(Precision precision) {
    return precision == Precision.FLOAT ? 1e-6 : 1e-12;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void shouldAnswerWhatThePredictorAnswers(Precision precision) throws Exception {
    List<NetworkSpec> networks = new ArrayList<>(ExportedNetworks.usual(ExportedNetworks.cells()));
    networks.addAll(ExportedNetworks.unusual());
    List<String> deviating = new ArrayList<>();
    for (int number = 0; number < networks.size(); number++) {
      double deviation = deviation(networks.get(number), precision, number);
      if (!(deviation <= tolerance(precision))) {
        deviating.add(deviation + " " + networks.get(number));
      }
    }
    assertTrue(deviating.isEmpty(), String.join("\n", deviating));
  }

  private static double deviation(NetworkSpec network, Precision precision, long seed)
      throws Exception {
    StoredModel model = rounded(ExportedNetworks.model(network, seed), precision);
    Random random = new Random(seed);
    List<Sequence> sequences =
        ExportedNetworks.LENGTHS.stream()
            .map(length -> ExportedNetworks.sequence(network.input(), length, random))
            .toList();
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    new OnnxExport(model, ANY, precision, false).message("test").writeTo(graph);
    double largest = 0;
    try (OnnxRun run = new OnnxRun(graph.toByteArray(), network.input(), precision)) {
      List<double[]> answers = run.answers(sequences);
      for (int b = 0; b < sequences.size(); b++) {
        double[] expected = ExportedNetworks.answers(model, sequences.get(b));
        double deviation = ExportedNetworks.deviation(expected, answers.get(b));
        largest = deviation <= largest ? largest : deviation;
      }
    } catch (OrtException refused) {
      throw new AssertionError(network.toString(), refused);
    }
    return largest;
  }

  /** Weights that single precision has exactly, so that only its arithmetic differs. */
  private static StoredModel rounded(StoredModel model, Precision precision) {
    if (precision == Precision.FLOAT) {
      double[] values = model.parameters().values();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) values[i];
      }
    }
    return model;
  }
}

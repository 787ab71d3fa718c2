package io.hindsight.driver.model;

import io.hindsight.driver.storage.Storage;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models for tests. */
public final class TestModels {
  private TestModels() {}

  static NetworkSpec network(Cell cell) {
    return NetworkSpec.plain(
        InputSpec.dense(3),
        cell,
        List.of(4, 2),
        new OutputSpec(5, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, OutputSpec.At.LAST_STEP));
  }

  static Parameters parameters(long seed) {
    ParameterLayout layout = new ParameterLayout(network(new LstmCell()));
    return new Parameters(layout, new Random(seed).doubles(layout.size()).toArray());
  }

  static ModelDescription description() {
    return description(network(new LstmCell()));
  }

  static ModelDescription description(NetworkSpec network) {
    return new ModelDescription(
        network,
        Json.object().put("kind", "vocabulary"),
        "name: test\nseed: 42\n",
        "c0ffee",
        "f00d",
        Map.of("java", "17"),
        Map.of("validation_loss", "0.25"));
  }

  /** Writes a small model, and another for each seed. */
  public static void save(Storage storage, String location, long seed) throws IOException {
    new ModelStore(storage).save(location, description(), parameters(seed));
  }

  /**
   * Writes a model of one LSTM layer, of about 4 · units² parameters.
   *
   * @return its number of parameters
   */
  public static long save(Storage storage, String location, long seed, int units)
      throws IOException {
    NetworkSpec network =
        NetworkSpec.plain(
            InputSpec.dense(1),
            new LstmCell(),
            List.of(units),
            new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP));
    ParameterLayout layout = new ParameterLayout(network);
    double[] values = new Random(seed).doubles(layout.size()).toArray();
    new ModelStore(storage).save(location, description(network), new Parameters(layout, values));
    return layout.size();
  }
}

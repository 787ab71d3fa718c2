package io.hindsight.driver.model;

import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models for the tests of this package. */
final class TestModels {
  private TestModels() {}

  static NetworkSpec network(Cell cell) {
    return new NetworkSpec(
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
    return new ModelDescription(
        network(new LstmCell()),
        Json.object().put("kind", "vocabulary"),
        "name: test\nseed: 42\n",
        "c0ffee",
        "f00d",
        Map.of("java", "17"),
        Map.of("validation_loss", "0.25"));
  }
}

package io.hindsight.driver.bench;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network and the sequences of a measured layer: dense inputs in [−1, 1), one layer, and one
 * output after the last step, so that the layer is nearly all there is to compute.
 */
final class BenchData {
  private static final long SEED = 1;

  private BenchData() {}

  static NetworkSpec network(Cell cell, BenchShape shape) {
    OutputSpec output = new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP);
    return NetworkSpec.plain(
        InputSpec.dense(shape.inputs()), cell, List.of(shape.hidden()), output);
  }

  static Parameters parameters(NetworkSpec network) {
    ParameterLayout layout = new ParameterLayout(network);
    return Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, SEED);
  }

  /** B sequences of T steps. */
  static List<Sequence> sequences(BenchShape shape) {
    return IntStream.range(0, shape.batch()).mapToObj(index -> sequence(shape, index)).toList();
  }

  private static Sequence sequence(BenchShape shape, int index) {
    CounterRandom random = CounterRandom.of(SEED, Purpose.GENERATED_DATA, index);
    double[] features = new double[shape.steps() * shape.inputs()];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextDouble(-1, 1);
    }
    return Sequence.ofFeatures("sequence " + index, features, shape.steps())
        .withTargets(new double[shape.steps()]);
  }
}

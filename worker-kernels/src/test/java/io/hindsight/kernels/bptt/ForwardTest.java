package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardTest {
  private static final double TOLERANCE = 1e-13;

  static List<Cell> cells() {
    return Samples.cells();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldFollowTheEquationsOfTheCell(Cell cell) {
    for (boolean tokens : new boolean[] {false, true}) {
      NetworkSpec spec = Samples.spec(cell, tokens, Loss.SQUARED_ERROR, At.EVERY_STEP, 9, 4, 5);
      Parameters parameters = Samples.parameters(spec, 1);
      SequenceBatch batch = Samples.batch(spec, Samples.RAGGED);
      Bptt bptt = new Bptt(spec);
      bptt.forward(PackedWeights.of(parameters), batch, null);
      for (int lane = 0; lane < Samples.RAGGED.length; lane++) {
        Sequence sequence = batch.sequence(lane);
        double[][] logits = new PlainNetwork(parameters).logits(sequence);
        assertClose(loss(logits, sequence.targets()), bptt.laneLoss(lane));
        for (int t = 0; t < logits.length; t++) {
          for (int o = 0; o < Samples.OUTPUTS; o++) {
            assertClose(logits[t][o], bptt.output(lane, t, o));
          }
        }
      }
    }
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)));
  }

  /** Mean over the outputs, sum over the steps. */
  private static double loss(double[][] logits, double[] targets) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double error = logits[i / Samples.OUTPUTS][i % Samples.OUTPUTS] - targets[i];
      sum += error * error;
    }
    return sum / Samples.OUTPUTS;
  }
}

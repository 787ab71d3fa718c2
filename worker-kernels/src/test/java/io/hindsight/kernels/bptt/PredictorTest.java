package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictorTest {
  private static final int OUTPUTS = Samples.OUTPUTS;

  @ParameterizedTest
  @EnumSource
  void shouldPredictTheOutputsThatTrainingComputes(Loss loss) {
    NetworkSpec spec = Samples.spec(new LstmCell(), false, loss, At.EVERY_STEP, 5, 3);
    Parameters parameters = Samples.parameters(spec, 1);
    Sequence sequence = Samples.sequence(spec, 9, 1);
    assertArrayEquals(trained(parameters, sequence), new Predictor(parameters).predict(sequence));
  }

  @Test
  void shouldPredictLongSequencesInPiecesWithTheSameBits() {
    NetworkSpec spec = Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 4);
    Parameters parameters = Samples.parameters(spec, 1);
    for (int length : new int[] {255, 256, 257, 600}) {
      Sequence sequence = Samples.sequence(spec, length, 1);
      assertArrayEquals(trained(parameters, sequence), new Predictor(parameters).predict(sequence));
    }
  }

  @Test
  void shouldPredictWholeSequencesWhereTheNetworkReadsThemFromTheirEnds() {
    for (At at : At.values()) {
      NetworkSpec spec =
          Samples.bothWays(Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, at, 4));
      Parameters parameters = Samples.parameters(spec, 1);
      Predictor predictor = new Predictor(parameters);
      List<Sequence> sequences = List.of(Samples.sequences(spec, 3, 600, 1, 257, 2, 2, 9, 4, 5));
      List<double[]> together = predictor.predict(sequences);
      for (int i = 0; i < sequences.size(); i++) {
        double[] all = trained(parameters, sequences.get(i));
        int from = at == At.LAST_STEP ? all.length - OUTPUTS : 0;
        assertArrayEquals(Arrays.copyOfRange(all, from, all.length), together.get(i));
      }
    }
  }

  @Test
  void shouldPredictManyRaggedSequencesAsOneByOne() {
    NetworkSpec spec =
        Samples.spec(new LstmCell(), true, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP, 4);
    Predictor predictor = new Predictor(Samples.parameters(spec, 1));
    List<Sequence> sequences = List.of(Samples.sequences(spec, 3, 300, 1, 7, 2, 2, 9, 4, 700, 5));
    List<double[]> together = predictor.predict(sequences);
    assertEquals(sequences.size(), together.size());
    for (int i = 0; i < sequences.size(); i++) {
      assertArrayEquals(predictor.predict(sequences.get(i)), together.get(i));
    }
  }

  @Test
  void shouldAnswerWindowsAsTheirCopies() {
    for (At at : At.values()) {
      for (boolean tokens : new boolean[] {false, true}) {
        NetworkSpec spec = Samples.spec(new LstmCell(), tokens, Loss.SQUARED_ERROR, at, 4);
        Predictor predictor = new Predictor(Samples.parameters(spec, 1));
        Sequence whole = Samples.sequence(spec, 700, 1);
        List<Window> windows = new ArrayList<>();
        for (int start = 0; start < 90; start += 9) {
          windows.add(Window.cut(whole, start, 600 - 60 * (start / 9)).scoredFrom(start / 9));
        }
        List<double[]> views = predictor.predictWindows(windows);
        for (int i = 0; i < windows.size(); i++) {
          assertArrayEquals(predictor.predict(windows.get(i).toSequence()), views.get(i));
        }
      }
    }
  }

  @Test
  void shouldAnswerOnceWhereTheNetworkAnswersAtTheLastStep() {
    NetworkSpec every = Samples.spec(new GruCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 4);
    NetworkSpec last = Samples.spec(new GruCell(), false, Loss.SQUARED_ERROR, At.LAST_STEP, 4);
    Sequence sequence = Samples.sequence(every, 300, 1);
    double[] all = new Predictor(Samples.parameters(every, 1)).predict(sequence);
    double[] one = new Predictor(Samples.parameters(last, 1)).predict(sequence);
    assertArrayEquals(Arrays.copyOfRange(all, 299 * OUTPUTS, 300 * OUTPUTS), one);
  }

  @Test
  void shouldAnswerWarmUpStepsAndNeedNoTargets() {
    NetworkSpec spec = Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 4);
    Predictor predictor = new Predictor(Samples.parameters(spec, 1));
    Sequence sequence = Samples.sequence(spec, 6, 1);
    double[] expected = predictor.predict(sequence);
    assertArrayEquals(expected, predictor.predict(sequence.scoredFrom(6)));
    assertArrayEquals(expected, predictor.predict(Sequence.ofTokens("bare", sequence.tokens())));
  }

  private static double[] trained(Parameters parameters, Sequence sequence) {
    Bptt bptt = new Bptt(parameters.layout().spec());
    bptt.forward(PackedWeights.of(parameters), SequenceBatch.of(sequence), null);
    int size = parameters.layout().spec().output().answers();
    double[] outputs = new double[sequence.length() * size];
    for (int t = 0; t < sequence.length(); t++) {
      bptt.outputs(0, t, outputs, t * size);
    }
    return outputs;
  }
}

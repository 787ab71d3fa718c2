package io.hindsight.kernels.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NonFiniteSearchTest {
  private static final int STEPS = 9;
  private static final List<Cell> CELLS =
      List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell());

  private static Parameters parameters(Cell cell) {
    OutputSpec output = new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP);
    NetworkSpec spec = NetworkSpec.plain(InputSpec.dense(2), cell, List.of(3, 4), output);
    return Initializer.initialize(new ParameterLayout(spec), InitialKind.UNIFORM, 1, 5);
  }

  private static Window window(double[] features, double[] targets) {
    return Window.whole(Sequence.ofFeatures("a", features, STEPS).withTargets(targets));
  }

  private static double[] filled(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }

  private static Optional<NonFiniteSearch.Place> search(
      Parameters parameters, Window window, double[][] h0, double[][] c0) {
    return new NonFiniteSearch(parameters).first(window, h0, c0, Backpropagation.FULL);
  }

  private static double[][] zeros() {
    return new double[][] {new double[3], new double[4]};
  }

  @Test
  void shouldFindNothingWhereAllIsFinite() {
    for (Cell cell : CELLS) {
      Window window = window(filled(2 * STEPS, 0.3), filled(STEPS, 0.1));
      assertTrue(search(parameters(cell), window, zeros(), zeros()).isEmpty());
    }
  }

  @Test
  void shouldFindAnInput() {
    for (Cell cell : CELLS) {
      double[] features = filled(2 * STEPS, 0.3);
      features[2 * 5 + 1] = Double.NaN;
      Window window = window(features, filled(STEPS, 0.1));
      assertEquals(
          new NonFiniteSearch.Place(5, "input 1", Double.NaN),
          search(parameters(cell), window, zeros(), zeros()).orElseThrow());
    }
  }

  @Test
  void shouldFindTheGateThatAStateReaches() {
    double[][] h0 = zeros();
    h0[1][2] = Double.POSITIVE_INFINITY;
    Window window = window(filled(2 * STEPS, 0.3), filled(STEPS, 0.1));
    String what = search(parameters(new GruCell()), window, h0, zeros()).orElseThrow().what();
    assertEquals("U h + b' for gate r of unit 0 in layer 1", what);
  }

  /**
   * Values of the direction from the end follow from later steps, whose places are the window's.
   */
  @Test
  void shouldFindWhereALayerReadsFromTheEnd() {
    RecurrentSpec two = new RecurrentSpec(new GruCell(), 3, true, false, false, StateNoise.NONE);
    OutputSpec output = new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP);
    NetworkSpec spec = new NetworkSpec(InputSpec.dense(2), List.of(two), output);
    Parameters both = Initializer.initialize(new ParameterLayout(spec), InitialKind.UNIFORM, 1, 5);
    double[][] zeros = {new double[3], new double[3]};
    Window window = window(filled(2 * STEPS, 0.3), filled(STEPS, 0.1));
    assertTrue(search(both, window, zeros, zeros).isEmpty());
    int weight = both.layout().block("rnn.weight_ih_l0_reverse").offset();
    both.values()[weight + 2 * 3 + 1] = 1e308;
    both.values()[weight + 2 * 3] = 1e308;
    double[] features = filled(2 * STEPS, 0.3);
    features[2 * 5] = 1.5;
    features[2 * 5 + 1] = 1.5;
    assertEquals(
        new NonFiniteSearch.Place(
            5, "W x + b for gate z of unit 0 in layer 0 from the end", Double.POSITIVE_INFINITY),
        search(both, window(features, filled(STEPS, 0.1)), zeros, zeros).orElseThrow());
  }

  @Test
  void shouldFindALossAndAGradient() {
    double[] targets = filled(STEPS, 0.1);
    targets[6] = 1e200;
    Window window = window(filled(2 * STEPS, 0.3), targets);
    assertEquals(
        new NonFiniteSearch.Place(6, "the loss of target 0", Double.POSITIVE_INFINITY),
        search(parameters(new LstmCell()), window, zeros(), zeros()).orElseThrow());
  }

  @Test
  void shouldFindAGradientWhereTheLossIsFinite() {
    Parameters parameters = parameters(new LstmCell());
    int weight = parameters.layout().block("out.weight").offset();
    parameters.values()[weight + 1] = 1e160;
    double[] targets = filled(STEPS, 0.1);
    Window window = window(filled(2 * STEPS, 0), targets);
    double[][] still = zeros();
    NonFiniteSearch.Place place = search(parameters, window, still, still).orElseThrow();
    assertTrue(
        place.what().startsWith("the loss") || place.what().startsWith("the gradient of h of unit"),
        place.toString());
  }

  @Test
  void shouldFindAWeight() {
    Parameters parameters = parameters(new LstmCell());
    int offset = parameters.layout().block("rnn.weight_hh_l1").offset();
    parameters.values()[offset + 7] = Double.NEGATIVE_INFINITY;
    assertEquals(
        Optional.of("weight 7 of block rnn.weight_hh_l1 is -Infinity"),
        NonFiniteSearch.weight(parameters));
    assertTrue(NonFiniteSearch.weight(parameters(new GruCell())).isEmpty());
  }
}

package io.hindsight.kernels.bench;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One layer forward and backward with all its numbers, which other programs are held to.
 *
 * <p>The network answers with its states, the output's matrix being the identity, and has a target
 * for each of them: so every state has a gradient dE/dh of its own from outside.
 */
final class LayerExample {
  private final int hidden;
  private final int lanes;
  private final int steps;
  private final NetworkSpec spec;
  private final Parameters parameters;
  private final int own; // parameters of the layer, which come first
  private final Sequence[] sequences; // [B]
  private final double[] h; // (T, B, H)
  private final double[] dy; // (T, B, H): dE/dh from outside
  private final double[] gradient; // (P)

  /**
   * Random weights, inputs and targets, and what comes of them.
   *
   * @param cell {@code rnn}, {@code lstm} or {@code gru}
   * @param inputs I
   * @param hidden H
   * @param lanes B
   * @param steps T
   */
  LayerExample(String cell, int inputs, int hidden, int lanes, int steps) {
    this.hidden = hidden;
    this.lanes = lanes;
    this.steps = steps;
    OutputSpec states = new OutputSpec(hidden, Loss.SQUARED_ERROR, At.EVERY_STEP);
    spec =
        NetworkSpec.plain(
            InputSpec.dense(inputs), TimedLayer.cellOf(cell), List.of(hidden), states);
    CounterRandom random = CounterRandom.of(2, Purpose.GENERATED_DATA, 0);
    parameters = new Parameters(new ParameterLayout(spec));
    own = parameters.layout().outWeight().offset();
    TimedLayer.fill(parameters.values(), random, 1 / Math.sqrt(hidden));
    Arrays.fill(parameters.values(), own, parameters.values().length, 0);
    for (int unit = 0; unit < hidden; unit++) {
      parameters.values()[own + unit * hidden + unit] = 1;
    }
    sequences = new Sequence[lanes];
    Arrays.setAll(sequences, lane -> sequence(lane, inputs, random));
    h = new double[steps * lanes * hidden];
    dy = new double[h.length];
    gradient = new double[parameters.values().length];
    compute();
  }

  private Sequence sequence(int lane, int inputs, CounterRandom random) {
    double[] features = new double[steps * inputs]; // (T, I)
    TimedLayer.fill(features, random, 1.7);
    double[] targets = new double[steps * hidden]; // (T, H)
    TimedLayer.fill(targets, random, 1);
    return Sequence.ofFeatures("lane " + lane, features, steps).withTargets(targets);
  }

  private void compute() {
    Bptt bptt = new Bptt(spec);
    PackedWeights weights = new PackedWeights(spec);
    weights.pack(parameters);
    SequenceBatch batch = SequenceBatch.of(sequences);
    bptt.forward(weights, batch, null);
    for (int t = 0; t < steps; t++) {
      for (int lane = 0; lane < lanes; lane++) {
        bptt.outputs(lane, t, h, (t * lanes + lane) * hidden);
      }
    }
    double[] targets = byStep(Sequence::targets);
    Arrays.setAll(dy, i -> 2 * (h[i] - targets[i]) / hidden); // of the mean square
    GradientSum[] sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, new GradientSum(gradient, 0, 0));
    bptt.backward(weights, Backpropagation.FULL, sums);
  }

  /** x (T, B, I), W_ih, W_hh, b_ih, b_hh, and dE/dh from outside (T, B, H). */
  double[] inputs() {
    return join(byStep(Sequence::features), Arrays.copyOf(parameters.values(), own), dy);
  }

  /** h (T, B, H), and the gradients of W_ih, W_hh, b_ih, b_hh. */
  double[] results() {
    return join(h, Arrays.copyOf(gradient, own));
  }

  /** From one array (T, N) for each lane to one of all // (T, B, N). */
  private double[] byStep(Function<Sequence, double[]> ofLane) {
    int width = ofLane.apply(sequences[0]).length / steps;
    double[] all = new double[steps * lanes * width];
    for (int row = 0; row < steps * lanes; row++) {
      double[] values = ofLane.apply(sequences[row % lanes]);
      System.arraycopy(values, row / lanes * width, all, row * width, width);
    }
    return all;
  }

  private static double[] join(double[]... parts) {
    return Stream.of(parts).flatMapToDouble(DoubleStream::of).toArray();
  }
}

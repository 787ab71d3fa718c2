package io.hindsight.kernels.bench;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.Arrays;
import java.util.List;

/**
 * One layer of one shape with a random batch: what a training step asks of the kernels.
 *
 * <p>The layer has one output, scored at the last step, so that next to nothing is spent on it; the
 * recurrent gradients still flow through every step.
 */
final class TimedLayer {
  private final Parameters parameters;
  private final PackedWeights weights;
  private final Bptt bptt;
  private final SequenceBatch batch;
  private final GradientSum sum;
  private final GradientSum[] sums; // (NB): one shard, so all the same

  /**
   * Random weights and inputs.
   *
   * @param cell {@code rnn}, {@code lstm} or {@code gru}
   * @param inputs I
   * @param hidden H
   * @param lanes B
   * @param steps T
   */
  TimedLayer(String cell, int inputs, int hidden, int lanes, int steps) {
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(inputs),
            cellOf(cell),
            List.of(hidden),
            new OutputSpec(1, Loss.SQUARED_ERROR, At.LAST_STEP));
    CounterRandom random = CounterRandom.of(1, Purpose.GENERATED_DATA, 0);
    parameters = new Parameters(new ParameterLayout(spec));
    fill(parameters.values(), random, 1 / Math.sqrt(hidden));
    batch = randomBatch(inputs, lanes, steps, random);
    weights = new PackedWeights(spec);
    bptt = new Bptt(spec);
    sum = new GradientSum(parameters.values().length);
    sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, sum);
  }

  /** Packs the weights, runs forward and backward, and leaves the gradients summed. */
  void step() {
    sum.clear();
    weights.pack(parameters);
    bptt.forward(weights, batch, null);
    bptt.backward(weights, Backpropagation.FULL, sums);
  }

  /** The gradients of the last {@link #step}. */
  GradientSum gradients() {
    return sum;
  }

  /** The cell of a name. */
  static Cell cellOf(String name) {
    return switch (name) {
      case "rnn" -> new RnnCell(Activation.TANH);
      case "lstm" -> new LstmCell();
      case "gru" -> new GruCell();
      default ->
          throw new IllegalArgumentException(
              "cell must be rnn, lstm or gru, but is '%s'".formatted(name));
    };
  }

  private static SequenceBatch randomBatch(int inputs, int lanes, int steps, CounterRandom random) {
    Sequence[] sequences = new Sequence[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      double[] features = new double[steps * inputs]; // (T, I)
      fill(features, random, 1.7);
      double[] targets = new double[steps]; // (T, 1)
      fill(targets, random, 1);
      sequences[lane] = Sequence.ofFeatures("lane " + lane, features, steps).withTargets(targets);
    }
    return SequenceBatch.of(sequences);
  }

  /** Random numbers in [−bound, bound). */
  static void fill(double[] values, CounterRandom random, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-bound, bound);
    }
  }
}

package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences that go on with what the network has answered. */
class ForksTest {
  private static final int AHEAD = 5;
  private static final int[] LENGTHS = {9, 1, 4, 7, 12, 2, 3};

  static List<Cell> cells() {
    return Samples.cells();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldAnswerWhatTheProlongedSequenceAnswers(Cell cell) {
    for (int hidden : new int[] {1, 7, 9}) {
      NetworkSpec plain =
          Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, hidden, 5, 3);
      for (NetworkSpec spec : List.of(plain, Samples.normalized(plain))) {
        assertProlonged(spec, OpsProvider.get());
        assertProlonged(spec, VectorOps.REFERENCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldGoThroughResidualLayersOfOneDirection(Cell cell) {
    Samples.residual(cell, false, At.EVERY_STEP).stream()
        .filter(spec -> !spec.readsBothWays())
        .forEach(spec -> assertProlonged(spec, OpsProvider.get()));
    Samples.noisy(cell, false, At.EVERY_STEP).stream()
        .filter(spec -> !spec.readsBothWays())
        .forEach(spec -> assertProlonged(spec, OpsProvider.get()));
  }

  @Test
  void shouldRefuseNetworksThatReadFromTheEnd() {
    NetworkSpec spec =
        Samples.bothWays(Samples.spec(new GruCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 4));
    PackedWeights weights = PackedWeights.of(Samples.parameters(spec, 1));
    Bptt trunk = new Bptt(spec);
    SequenceBatch batch = SequenceBatch.of(Samples.sequence(spec, 3, 1));
    trunk.forward(weights, batch, null);
    Forks forks = new Forks(weights);
    Prolonged fork = new Prolonged(spec, batch.sequence(0), 0, new double[4], AHEAD);
    assertThrows(UnsupportedOperationException.class, () -> forks.add(trunk, 0, 0, fork));
  }

  /** From each step of ragged sequences, which reach as far as the forks of one of them allow. */
  private static void assertProlonged(NetworkSpec spec, VectorOps ops) {
    PackedWeights weights = PackedWeights.of(Samples.parameters(spec, 2));
    Bptt trunk = new Bptt(spec, ops);
    SequenceBatch batch = SequenceBatch.of(Samples.sequences(spec, LENGTHS));
    trunk.forward(weights, batch, null);
    Forks forks = new Forks(weights, ops);
    List<Prolonged> all = new ArrayList<>();
    double[] first = new double[spec.output().logits()];
    for (int t = 0; t < batch.steps(); t++) {
      for (int lane = 0; lane < LENGTHS.length; lane++) {
        if (t < LENGTHS[lane]) {
          trunk.outputs(lane, t, first, 0);
          all.add(new Prolonged(spec, batch.sequence(lane), t, first, 1 + (t + lane) % AHEAD));
          forks.add(trunk, lane, t, all.get(all.size() - 1));
        }
      }
    }
    forks.run();
    all.forEach(fork -> fork.assertAnsweredAs(weights, ops));
  }

  /** A sequence that goes on with the outputs, its features all the same one after the other. */
  private static final class Prolonged implements Forks.Fork {
    private final Sequence of;
    private final int t;
    private final Sequence steps;
    private final List<double[]> answers = new ArrayList<>();

    Prolonged(NetworkSpec spec, Sequence of, int t, double[] first, int steps) {
      this.of = of;
      this.t = t;
      double[] features = new double[steps * spec.input().features()];
      this.steps = Sequence.ofFeatures(of.id(), features, steps).withStatics(of.statics());
      answers.add(first.clone());
    }

    @Override
    public Sequence steps() {
      return steps;
    }

    @Override
    public void prepare(int step) {
      double[] last = answers.get(step);
      int width = steps.width();
      for (int i = 0; i < width; i++) {
        steps.features()[step * width + i] = last[i % last.length];
      }
    }

    @Override
    public void answered(int step, double[] outputs) {
      assertEquals(answers.size() - 1, step);
      answers.add(outputs.clone());
    }

    void assertAnsweredAs(PackedWeights weights, VectorOps ops) {
      int width = of.width();
      double[] features =
          Arrays.copyOf(
              Arrays.copyOf(of.features(), (t + 1) * width), (t + 1 + steps.length()) * width);
      System.arraycopy(steps.features(), 0, features, (t + 1) * width, steps.length() * width);
      Sequence whole =
          Sequence.ofFeatures("whole", features, t + 1 + steps.length()).withStatics(of.statics());
      Bptt bptt = new Bptt(weights.spec(), ops);
      bptt.forward(weights, SequenceBatch.of(whole), null);
      double[] expected = new double[weights.spec().output().logits()];
      for (int step = 0; step <= steps.length(); step++) {
        bptt.outputs(0, t + step, expected, 0);
        assertArrayEquals(expected, answers.get(step), weights.spec() + " after " + step);
      }
    }
  }
}

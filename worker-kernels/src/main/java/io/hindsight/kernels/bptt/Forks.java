package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Continues sequences from any of their steps with inputs that are known one step after the other,
 * such as answers of the network, eight of them at a time.
 *
 * <p>What a fork is answered are the bits of the sequence that ends at its step and goes on with
 * its inputs, whatever the other forks are. For one thread.
 */
public final class Forks {
  private final NetworkSpec spec;
  private final PackedWeights weights;
  private final Bptt bptt;
  private final SequenceBatch batch = new SequenceBatch(1);
  private final CarriedState state;
  private final List<Fork> forks = new ArrayList<>(SequenceBatch.LANES);

  /** What a sequence goes on with. */
  public interface Fork {
    /**
     * All further steps, without targets. What is in them is read only after {@link #prepare}.
     *
     * @return the same object at each call
     */
    Sequence steps();

    /** Puts into {@link #steps} what a step reads. */
    void prepare(int step);

    /**
     * Takes what the network answers at a step.
     *
     * @param outputs values or probabilities, to be copied // (A)
     */
    void answered(int step, double[] outputs);
  }

  /** None, of a network that reads sequences from their beginning. */
  public Forks(PackedWeights weights) {
    this(weights, OpsProvider.get());
  }

  /** With a given implementation of the operations. */
  Forks(PackedWeights weights, VectorOps ops) {
    this.weights = weights;
    spec = weights.spec();
    bptt = new Bptt(spec, ops);
    state = new CarriedState(spec, 1);
  }

  /**
   * Adds one; as soon as there are eight, they run.
   *
   * @param trunk has computed the sequence up to the step
   * @param lane of the sequence
   * @param t step of the lane's piece, after which the fork goes on
   * @throws UnsupportedOperationException if the network reads sequences from their ends too
   */
  public void add(Bptt trunk, int lane, int t, Fork fork) {
    trunk.copyState(lane, t, state, forks.size());
    forks.add(fork);
    if (forks.size() == SequenceBatch.LANES) {
      run();
    }
  }

  /** Runs those that have not run yet. */
  public void run() {
    int steps = forks.stream().mapToInt(fork -> fork.steps().length()).max().orElse(0);
    double[] outputs = new double[spec.output().answers()];
    for (int step = 0; step < steps; step++) {
      batch.clear();
      for (int lane = 0; lane < forks.size(); lane++) {
        if (step < forks.get(lane).steps().length()) {
          forks.get(lane).prepare(step);
          batch.set(lane, forks.get(lane).steps(), step, 1);
        }
      }
      bptt.forward(weights, batch, state);
      bptt.finalState(state);
      for (int lane = 0; lane < forks.size(); lane++) {
        if (batch.length(lane) > 0) {
          bptt.outputs(lane, 0, outputs, 0);
          forks.get(lane).answered(step, outputs);
        }
      }
    }
    forks.clear();
  }
}

package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained network's outputs of whole sequences; {@code serving.StepPredictor} answers step by
 * step.
 *
 * <p>Outputs are the bits that training computes. Long sequences run in pieces, so memory does not
 * grow with their length, unless the network reads them from their ends too: then they run whole.
 * One object serves one thread.
 */
public final class Predictor {
  private static final int LANES = SequenceBatch.LANES;

  /** Steps per piece: the state is carried over, so this bounds memory and changes no bit. */
  private static final int PIECE = 256;

  private final NetworkSpec spec;
  private final int piece;
  private final PackedWeights weights;
  private final Bptt bptt;
  private final SequenceBatch batch = new SequenceBatch(1);
  private final CarriedState carried; // of the sequences being predicted

  /** A predictor with the present weights; later changes of the parameters are not seen. */
  public Predictor(Parameters parameters) {
    this(PackedWeights.of(parameters));
  }

  /** A predictor with weights that several predictors share; they must not be packed again. */
  public Predictor(PackedWeights weights) {
    this.weights = weights;
    spec = weights.spec();
    piece = spec.readsBothWays() ? Integer.MAX_VALUE : PIECE;
    bptt = new Bptt(spec);
    carried = new CarriedState(spec, 1);
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /**
   * The outputs of one sequence, from a zero state: values or probabilities.
   *
   * @return (T, A), or (A) for a network that answers at the last step; targets are not read
   * @throws IllegalArgumentException if the sequence does not fit the network
   */
  public double[] predict(Sequence sequence) {
    return predict(List.of(sequence)).get(0);
  }

  /** The outputs of several sequences, each as by {@link #predict(Sequence)}, 8 at a time. */
  public List<double[]> predict(List<Sequence> sequences) {
    return predictWindows(sequences.stream().map(Window::whole).toList());
  }

  /** As {@link #predict(List)}, of windows: the outputs of all their steps, T a window's own. */
  public List<double[]> predictWindows(List<Window> windows) {
    List<double[]> outputs = new ArrayList<>();
    for (int from = 0; from < windows.size(); from += LANES) {
      int to = Math.min(from + LANES, windows.size());
      predictBlock(windows.subList(from, to).stream().map(Predictor::inputsOf).toList(), outputs);
    }
    return outputs;
  }

  private void predictBlock(List<Window> windows, List<double[]> outputs) {
    int first = outputs.size();
    int longest = 0;
    for (Window window : windows) {
      outputs.add(new double[Math.multiplyExact(answers(window), spec.output().answers())]);
      longest = Math.max(longest, window.steps());
    }
    carried.reset();
    for (int from = 0; from < longest; from += Math.min(piece, longest)) {
      batch.clear();
      for (int lane = 0; lane < windows.size(); lane++) {
        int steps = Math.min(piece, windows.get(lane).steps() - from);
        if (steps > 0) {
          batch.set(lane, windows.get(lane), from, steps);
        }
      }
      bptt.forward(weights, batch, carried);
      bptt.finalState(carried);
      for (int lane = 0; lane < windows.size(); lane++) {
        copyPiece(lane, from, outputs.get(first + lane));
      }
    }
  }

  /** Copies what the present piece of a lane answers. */
  private void copyPiece(int lane, int from, double[] into) {
    boolean lastOnly = spec.output().at() == At.LAST_STEP;
    for (int t = 0; t < batch.length(lane); t++) {
      if (batch.isScored(lane, t, lastOnly)) {
        bptt.outputs(lane, t, into, lastOnly ? 0 : (from + t) * spec.output().answers());
      }
    }
  }

  private int answers(Window window) {
    return spec.output().at() == At.LAST_STEP ? 1 : window.steps();
  }

  /** The window without its targets, so that every step is answered. */
  private static Window inputsOf(Window window) {
    Sequence inputs = window.sequence().withoutTargets();
    return new Window(inputs, window.start(), window.steps(), 0, window.cut());
  }
}

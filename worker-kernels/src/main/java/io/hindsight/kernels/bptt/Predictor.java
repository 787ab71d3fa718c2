package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained network's outputs: of whole sequences, or step by step with the state kept in between.
 *
 * <p>Outputs are the bits that training computes. Long sequences run in pieces, so memory does not
 * grow with their length. One object serves one thread.
 */
public final class Predictor {
  private static final int LANES = SequenceBatch.LANES;

  /** Steps per piece: the state is carried over, so this bounds memory and changes no bit. */
  private static final int PIECE = 256;

  private final NetworkSpec spec;
  private final PackedWeights weights;
  private final Bptt bptt;
  private final SequenceBatch batch = new SequenceBatch(1);
  private final CarriedState carried; // of the sequences being predicted
  private final CarriedState stepping; // of lane 0, between calls of next

  /** A predictor with the present weights; later changes of the parameters are not seen. */
  public Predictor(Parameters parameters) {
    spec = parameters.layout().spec();
    weights = PackedWeights.of(parameters);
    bptt = new Bptt(spec);
    carried = new CarriedState(spec, 1);
    stepping = new CarriedState(spec, 1);
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /**
   * The outputs of one sequence, from a zero state: values or probabilities.
   *
   * @return (T, O), or (O) for a network that answers at the last step; targets are not read
   * @throws IllegalArgumentException if the sequence does not fit the network
   */
  public double[] predict(Sequence sequence) {
    return predict(List.of(sequence)).get(0);
  }

  /** The outputs of several sequences, each as by {@link #predict(Sequence)}, 8 at a time. */
  public List<double[]> predict(List<Sequence> sequences) {
    List<double[]> outputs = new ArrayList<>();
    for (int from = 0; from < sequences.size(); from += LANES) {
      int to = Math.min(from + LANES, sequences.size());
      predictBlock(sequences.subList(from, to).stream().map(Predictor::inputsOf).toList(), outputs);
    }
    return outputs;
  }

  /**
   * Reads one token and answers this step's outputs // (O).
   *
   * @param token one of the vocabulary, or {@link Sequence#NO_TOKEN}
   * @throws IllegalArgumentException if the network reads dense inputs or does not know the token
   */
  public double[] next(int token) {
    return next(Sequence.ofTokens("next", new int[] {token}));
  }

  /**
   * Reads one feature vector and answers this step's outputs // (O).
   *
   * @param features (I)
   * @throws IllegalArgumentException if the network does not read vectors of this width
   */
  public double[] next(double[] features) {
    return next(Sequence.ofFeatures("next", features, 1));
  }

  /** Forgets the steps read by {@link #next}: the state is zero again. */
  public void reset() {
    stepping.reset();
  }

  private double[] next(Sequence step) {
    batch.clear();
    batch.set(0, step, 0, 1);
    bptt.forward(weights, batch, stepping);
    bptt.finalState(stepping);
    double[] outputs = new double[spec.output().size()];
    copyOutputs(0, 0, outputs, 0);
    return outputs;
  }

  private void predictBlock(List<Sequence> sequences, List<double[]> outputs) {
    int first = outputs.size();
    int longest = 0;
    for (Sequence sequence : sequences) {
      outputs.add(new double[Math.multiplyExact(answers(sequence), spec.output().size())]);
      longest = Math.max(longest, sequence.length());
    }
    carried.reset();
    for (int start = 0; start < longest; start += PIECE) {
      batch.clear();
      for (int lane = 0; lane < sequences.size(); lane++) {
        int steps = Math.min(PIECE, sequences.get(lane).length() - start);
        if (steps > 0) {
          batch.set(lane, sequences.get(lane), start, steps);
        }
      }
      bptt.forward(weights, batch, carried);
      bptt.finalState(carried);
      for (int lane = 0; lane < sequences.size(); lane++) {
        copyPiece(lane, start, outputs.get(first + lane));
      }
    }
  }

  /** Copies what the present piece of a lane answers. */
  private void copyPiece(int lane, int start, double[] into) {
    boolean lastOnly = spec.output().at() == At.LAST_STEP;
    for (int t = 0; t < batch.length(lane); t++) {
      if (batch.isScored(lane, t, lastOnly)) {
        copyOutputs(lane, t, into, lastOnly ? 0 : (start + t) * spec.output().size());
      }
    }
  }

  private void copyOutputs(int lane, int t, double[] into, int from) {
    for (int o = 0; o < spec.output().size(); o++) {
      into[from + o] = bptt.output(lane, t, o);
    }
  }

  private int answers(Sequence sequence) {
    return spec.output().at() == At.LAST_STEP ? 1 : sequence.length();
  }

  /** The sequence without its targets, so that every step is answered. */
  private static Sequence inputsOf(Sequence sequence) {
    return sequence.isTokens()
        ? Sequence.ofTokens(sequence.id(), sequence.tokens())
        : Sequence.ofFeatures(sequence.id(), sequence.features(), sequence.length());
  }
}

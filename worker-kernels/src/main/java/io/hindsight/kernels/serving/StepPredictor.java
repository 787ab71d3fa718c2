package io.hindsight.kernels.serving;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.Parameters;

/**
 * A trained network that answers step by step: what a service holds one of, for all its threads and
 * all the sequences it follows.
 *
 * <pre>{@code
 * StepPredictor predictor = new StepPredictor(parameters);
 * PredictorState state = predictor.newState(); // one for each customer, sensor, session
 * double[] outputs = new double[predictor.outputs()];
 * predictor.step(features, state, outputs);
 * }</pre>
 *
 * <p>Answers are the bits of {@link Predictor#predict(Sequence)} at the same step, on any machine.
 * A step takes no lock and allocates nothing once it is compiled, except in the forms that return
 * an array. Where it refuses its arguments, the state stays as it was. A number that is NaN makes
 * the state and all later answers NaN, until the state is reset.
 *
 * <p>Threads may step different states at the same time. A network that {@linkplain
 * NetworkSpec#readsBothWays reads sequences from their ends too} has no answer before the end: use
 * {@code Predictor}.
 */
public final class StepPredictor {
  private static final int[] NO_CATEGORIES = {};

  private final LaneNetwork network;
  private final int outputs; // A
  private final ScratchPool scratch;

  /**
   * A predictor with the present weights; later changes of the parameters are not seen.
   *
   * @throws UnsupportedOperationException if the network reads sequences from their ends too
   */
  public StepPredictor(Parameters parameters) {
    this(parameters, OpsProvider.get());
  }

  /** With a given implementation of the operations. */
  StepPredictor(Parameters parameters, VectorOps ops) {
    if (parameters.layout().spec().readsBothWays()) {
      throw new UnsupportedOperationException(
          "the network has bidirectional layers, whose answer at a step depends on the steps after it, so it cannot answer step by step; use Predictor with the whole sequence");
    }
    network = new LaneNetwork(parameters, ops);
    outputs = network.spec().output().answers();
    scratch = new ScratchPool(network::newScratch);
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return network.spec();
  }

  /** A: numbers of an answer, values or probabilities. */
  public int outputs() {
    return outputs;
  }

  /** Bytes of the weights, which all states share. */
  public long bytes() {
    return network.bytes();
  }

  /**
   * A state before the first step of a sequence.
   *
   * @throws IllegalArgumentException if the network reads numbers or categories of the whole
   *     sequence; then {@link #newState(Statics)} takes them
   */
  public PredictorState newState() {
    return newState(Statics.NONE);
  }

  /**
   * A state before the first step of a sequence.
   *
   * @param statics what belongs to the whole sequence, copied
   * @throws IllegalArgumentException if that is not what the network reads
   */
  public PredictorState newState(Statics statics) {
    return network.newState(statics);
  }

  /**
   * Reads one feature vector.
   *
   * @param features (I)
   * @param state of the sequence, which moves on by one step
   * @param outputs this step's answer // (A), set
   * @throws IllegalArgumentException if one of them does not fit the network
   */
  public void step(double[] features, PredictorState state, double[] outputs) {
    step(features, NO_CATEGORIES, state, outputs);
  }

  /**
   * As {@link #step(double[], PredictorState, double[])}.
   *
   * @return this step's answer // (A)
   */
  public double[] step(double[] features, PredictorState state) {
    double[] answer = new double[outputs];
    step(features, NO_CATEGORIES, state, answer);
    return answer;
  }

  /**
   * Reads numbers and categories.
   *
   * @param features (I), without those of the whole sequence
   * @param categories ids of this step's // (J)
   * @param state of the sequence, which moves on by one step
   * @param answer this step's // (A), set
   * @throws IllegalArgumentException if one of them does not fit the network
   */
  public void step(double[] features, int[] categories, PredictorState state, double[] answer) {
    requireRoom(answer);
    state.requireOf(network);
    network.input().check(features, categories);
    StepScratch room = scratch.take();
    try {
      network.read(features, categories, state, room);
      network.answer(room, answer);
    } finally {
      scratch.giveBack(room);
    }
  }

  /**
   * Reads one token.
   *
   * @param token one of the vocabulary, or {@link Sequence#NO_TOKEN}
   * @param state of the sequence, which moves on by one step
   * @param answer this step's // (A), set
   * @throws IllegalArgumentException if one of them does not fit the network
   */
  public void step(int token, PredictorState state, double[] answer) {
    requireRoom(answer);
    state.requireOf(network);
    network.input().check(token);
    StepScratch room = scratch.take();
    try {
      network.read(token, state, room);
      network.answer(room, answer);
    } finally {
      scratch.giveBack(room);
    }
  }

  /**
   * As {@link #step(int, PredictorState, double[])}.
   *
   * @return this step's answer // (A)
   */
  public double[] step(int token, PredictorState state) {
    double[] answer = new double[outputs];
    step(token, state, answer);
    return answer;
  }

  /**
   * The outputs of a window, from a zero state, as by {@link Predictor#predictWindows}: sooner than
   * there where the window is alone, since a block computes eight lanes, whether they are taken or
   * not.
   *
   * @return (T, A), or (A) for a network that answers at the last step; targets are not read
   * @throws IllegalArgumentException if the sequence does not fit the network
   */
  public double[] predict(Window window) {
    boolean lastOnly = spec().output().at() == At.LAST_STEP;
    double[] all = new double[Math.multiplyExact(lastOnly ? 1 : window.steps(), outputs)];
    double[] answer = lastOnly ? all : new double[outputs];
    PredictorState state = newState(window.sequence().statics());
    StepReader reader = new StepReader(network, window, state);
    StepScratch room = scratch.take();
    try {
      for (int t = 0; t < window.steps(); t++) {
        reader.read(t, room);
        if (!lastOnly || t == window.steps() - 1) {
          network.answer(room, answer);
        }
        if (!lastOnly) {
          System.arraycopy(answer, 0, all, t * outputs, outputs);
        }
      }
    } finally {
      scratch.giveBack(room);
    }
    return all;
  }

  private void requireRoom(double[] answer) {
    if (answer.length != outputs) {
      throw new IllegalArgumentException(
          "an answer of this network is %d numbers, but the array has room for %d"
              .formatted(outputs, answer.length));
    }
  }
}

package io.hindsight.kernels.serving;

import java.util.Arrays;

/**
 * What a network remembers of one sequence between its steps: h of each recurrent layer, c of an
 * LSTM, and what belongs to the whole sequence. Made by {@link StepPredictor#newState()}.
 *
 * <p>As many as there are sequences share one predictor. A state is of one thread at a time;
 * handing it from one to another is up to the caller, as with any collection.
 */
public final class PredictorState {
  private final LaneNetwork network;
  private final double[] ofSequence;
  private final double[][] hidden; // [L](P), of which H are h
  private final double[][] cell; // [L](P), or (0)

  /** All zero. */
  PredictorState(LaneNetwork network, double[] ofSequence) {
    this.network = network;
    this.ofSequence = ofSequence;
    LaneLayer[] layers = network.layers();
    hidden = new double[layers.length][];
    cell = new double[layers.length][];
    for (int l = 0; l < layers.length; l++) {
      hidden[l] = new double[layers[l].units()];
      cell[l] = new double[layers[l].hasCellState() ? layers[l].units() : 0];
    }
  }

  /** Forgets all steps: zero again, as at the start of the sequence. */
  public void reset() {
    for (int l = 0; l < hidden.length; l++) {
      Arrays.fill(hidden[l], 0);
      Arrays.fill(cell[l], 0);
    }
  }

  /** An independent copy, which goes on with other steps. */
  public PredictorState fork() {
    PredictorState fork = new PredictorState(network, ofSequence);
    fork.copyFrom(this);
    return fork;
  }

  /**
   * Takes over the numbers of another state of the same predictor, without allocation; what belongs
   * to the whole sequence stays its own.
   *
   * @throws IllegalArgumentException if it is a state of another predictor
   */
  public void copyFrom(PredictorState other) {
    other.requireOf(network);
    for (int l = 0; l < hidden.length; l++) {
      System.arraycopy(other.hidden[l], 0, hidden[l], 0, hidden[l].length);
      System.arraycopy(other.cell[l], 0, cell[l], 0, cell[l].length);
    }
  }

  /** N: how many numbers the state is. */
  public int size() {
    int size = 0;
    for (int l = 0; l < hidden.length; l++) {
      size += network.layers()[l].hidden() * (cell[l].length > 0 ? 2 : 1);
    }
    return size;
  }

  /** A copy of the numbers, from the lowest layer up, h before c // (N). */
  public double[] values() {
    double[] values = new double[size()];
    int at = 0;
    for (int l = 0; l < hidden.length; l++) {
      int units = network.layers()[l].hidden();
      System.arraycopy(hidden[l], 0, values, at, units);
      at += units;
      if (cell[l].length > 0) {
        System.arraycopy(cell[l], 0, values, at, units);
        at += units;
      }
    }
    return values;
  }

  /**
   * Goes on from numbers that {@link #values} gave.
   *
   * @param values (N), copied
   * @throws IllegalArgumentException if they are not as many; the state stays as it was
   */
  public void restore(double[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "the state of this network is %d numbers, but was given %d; restore a state of a network of the same layers"
              .formatted(size(), values.length));
    }
    int at = 0;
    for (int l = 0; l < hidden.length; l++) {
      int units = network.layers()[l].hidden();
      System.arraycopy(values, at, hidden[l], 0, units);
      at += units;
      if (cell[l].length > 0) {
        System.arraycopy(values, at, cell[l], 0, units);
        at += units;
      }
    }
  }

  /** The numbers with a checksum and the fingerprint of the weights, as {@link StateBytes} says. */
  public byte[] toBytes() {
    return StateBytes.write(network.fingerprint(), values());
  }

  /**
   * Goes on from what {@link #toBytes} gave, in another process or on another machine.
   *
   * @throws IllegalArgumentException if the bytes are damaged, no state, or were saved with other
   *     weights; the state stays as it was
   */
  public void restore(byte[] bytes) {
    restore(StateBytes.read(bytes, network.fingerprint()));
  }

  /** Sees to it that it is a state of this network, and of these weights. */
  void requireOf(LaneNetwork other) {
    if (other != network) {
      throw new IllegalArgumentException(
          "the state belongs to another predictor; take a new state of this one, and restore the values of the old if the networks have the same layers");
    }
  }

  double[] ofSequence() {
    return ofSequence;
  }

  double[] hidden(int layer) {
    return hidden[layer];
  }

  double[] cell(int layer) {
    return cell[layer];
  }
}

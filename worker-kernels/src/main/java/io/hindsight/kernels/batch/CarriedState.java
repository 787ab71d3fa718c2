package io.hindsight.kernels.batch;

import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The hidden state of every lane between two windows: h of each recurrent layer, and c for an LSTM.
 * A layer of two directions counts as two; the state before a window is, of its second, that before
 * the window's last step.
 *
 * <p>Layer l's array is laid out as the kernels' activations are: {@code (NB, H, 8)}.
 */
public final class CarriedState {
  private static final int LANES = SequenceBatch.LANES;

  private final int blocks;
  private final double[][] hidden; // [L](NB, H, 8)
  private final double[][] cell; // [L](NB, H, 8); empty arrays without a cell state

  /** All zero, for NB blocks. */
  public CarriedState(NetworkSpec spec, int blocks) {
    this.blocks = blocks;
    List<RecurrentSpec> layers = spec.directions();
    hidden = new double[layers.size()][];
    cell = new double[layers.size()][];
    for (int layer = 0; layer < layers.size(); layer++) {
      int size = blocks * layers.get(layer).hidden() * LANES;
      hidden[layer] = new double[size];
      cell[layer] = new double[layers.get(layer).cell().hasCellState() ? size : 0];
    }
  }

  /** NB: the number of blocks. */
  public int blocks() {
    return blocks;
  }

  /** L: the number of recurrent layers, one of two directions counted twice. */
  public int layers() {
    return hidden.length;
  }

  /** The live h of a layer // (NB, H, 8). */
  public double[] hidden(int layer) {
    return hidden[layer];
  }

  /** The live c of a layer // (NB, H, 8); empty without a cell state. */
  public double[] cell(int layer) {
    return cell[layer];
  }

  /** One unit of h in one lane. */
  public double hidden(int layer, int lane, int unit) {
    return hidden[layer][index(hidden[layer], lane, unit)];
  }

  /** One unit of c in one lane. */
  public double cell(int layer, int lane, int unit) {
    return cell[layer][index(cell[layer], lane, unit)];
  }

  /** Sets one unit of h in one lane. */
  public void setHidden(int layer, int lane, int unit, double value) {
    hidden[layer][index(hidden[layer], lane, unit)] = value;
  }

  /** Sets one unit of c in one lane. */
  public void setCell(int layer, int lane, int unit, double value) {
    cell[layer][index(cell[layer], lane, unit)] = value;
  }

  /** Sets a lane to zero in every layer, as at the start of a sequence. */
  public void resetLane(int lane) {
    for (int layer = 0; layer < hidden.length; layer++) {
      resetLane(hidden[layer], lane);
      resetLane(cell[layer], lane);
    }
  }

  /** Sets each lane to zero that has a unit which is NaN or infinite, in all layers. */
  public void resetNonFiniteLanes() {
    for (int lane = 0; lane < blocks * LANES; lane++) {
      if (!isFinite(lane)) {
        resetLane(lane);
      }
    }
  }

  private boolean isFinite(int lane) {
    for (int layer = 0; layer < hidden.length; layer++) {
      if (!isFinite(hidden[layer], lane) || !isFinite(cell[layer], lane)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFinite(double[] state, int lane) {
    int size = state.length / blocks; // H·8
    int first = lane / LANES * size;
    for (int i = first + lane % LANES; i < first + size; i += LANES) {
      if (!Double.isFinite(state[i])) {
        return false;
      }
    }
    return true;
  }

  /** Sets every lane to zero. */
  public void reset() {
    for (int layer = 0; layer < hidden.length; layer++) {
      Arrays.fill(hidden[layer], 0);
      Arrays.fill(cell[layer], 0);
    }
  }

  /**
   * Copies blocks from another state of the same network.
   *
   * @param from first block in {@code source}
   * @param to first block in this state
   * @param count number of blocks
   */
  public void copyBlocks(CarriedState source, int from, int to, int count) {
    for (int layer = 0; layer < hidden.length; layer++) {
      copyBlocks(source.hidden[layer], source.blocks, from, hidden[layer], to, count);
      copyBlocks(source.cell[layer], source.blocks, from, cell[layer], to, count);
    }
  }

  private void copyBlocks(
      double[] source, int sourceBlocks, int from, double[] target, int to, int count) {
    int size = source.length / sourceBlocks; // H·8
    System.arraycopy(source, from * size, target, to * size, count * size);
  }

  private void resetLane(double[] state, int lane) {
    int size = state.length / blocks; // H·8
    int first = lane / LANES * size;
    for (int i = first + lane % LANES; i < first + size; i += LANES) {
      state[i] = 0;
    }
  }

  private int index(double[] state, int lane, int unit) {
    int size = state.length / blocks; // H·8
    return lane / LANES * size + unit * LANES + lane % LANES;
  }
}

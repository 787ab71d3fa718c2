package io.hindsight.driver.bench;

import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;

/**
 * The memory that back-propagation of one layer needs, counted in doubles from its equations, to
 * hold an implementation against.
 *
 * <p>With R gate rows per unit (1, 4, and 4 for a GRU, whose candidate keeps both its products):
 * inputs and states (T+1)·B·(I+H), gates T·B·R·H, gradients from above T·B·H, and for an LSTM cell
 * states and their tanh (2T+1)·B·H; the packed weights G·H·(I+H) and the transposed recurrent ones
 * H·G·H; the gradient P; and a chunk of 256 columns of (R·H + I + H) rows for the gradient of the
 * weights.
 */
final class WorkspaceFormula {
  private static final int CHUNK = 256;
  private static final int GRU_ROWS = 4;

  private WorkspaceFormula() {}

  /**
   * Bytes by the formula.
   *
   * @param parameters P
   */
  static long bytes(Cell cell, BenchShape shape, int parameters) {
    long h = shape.hidden();
    long columns = shape.inputs() + h;
    long rows = cell instanceof GruCell ? GRU_ROWS * h : cell.gates() * h;
    long lanes = shape.batch();
    long lanesAndSteps = lanes * shape.steps();
    long cellStates = cell.hasCellState() ? 2 * lanesAndSteps * h + lanes * h : 0;
    long activations = (lanesAndSteps + lanes) * columns + lanesAndSteps * (rows + h) + cellStates;
    long weights = cell.gates() * h * (columns + h);
    return Double.BYTES * (activations + weights + parameters + CHUNK * (rows + columns));
  }
}

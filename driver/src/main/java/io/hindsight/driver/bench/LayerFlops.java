package io.hindsight.driver.bench;

import io.hindsight.kernels.network.Cell;

/**
 * Useful floating-point operations of one layer's step: two per multiply-add of its matrix
 * products, of the sequences that are there.
 *
 * <p>With G gates, per sequence and time step: forward G·H·(I + H) multiply-adds for W·[x; h];
 * backward as many for the gradient of W, and G·H·H for that of h. A first layer needs no gradient
 * of x. Activations, gate arithmetic, transposes and the padding of a batch to whole blocks cost
 * time and count nothing.
 */
final class LayerFlops {
  private LayerFlops() {}

  /** Operations of the forward pass of a window. */
  static double forward(Cell cell, BenchShape shape) {
    return perGateRow(cell, shape) * (shape.inputs() + shape.hidden());
  }

  /** Operations of the backward pass of a window. */
  static double backward(Cell cell, BenchShape shape) {
    return perGateRow(cell, shape) * (shape.inputs() + 2.0 * shape.hidden());
  }

  /** 2·T·B·G·H: operations per column of the weights. */
  private static double perGateRow(Cell cell, BenchShape shape) {
    return 2.0 * shape.steps() * shape.batch() * cell.gates() * shape.hidden();
  }
}

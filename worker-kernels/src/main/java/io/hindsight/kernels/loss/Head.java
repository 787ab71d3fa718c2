package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.layer.Activations;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.panel.AlignedMemory;

/**
 * What a network answers from the activations of its top layer, and the loss of that. It sees all
 * steps of a window at once.
 *
 * <p>Forward keeps what backward needs, so one object serves one thread.
 */
public sealed interface Head permits LinearHead {
  /**
   * The head of a network.
   *
   * @param memory for summing the gradients of the weights
   */
  static Head of(ParameterLayout layout, Activations top, VectorOps ops, AlignedMemory memory) {
    return new LinearHead(layout, top, ops, memory);
  }

  /**
   * Makes room for windows of up to {@code maxSteps} steps of {@code blocks} blocks, before {@link
   * #forward}.
   *
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  void reserve(int maxSteps, int blocks);

  /** Computes the outputs of the scored lanes of a window, and their losses. */
  void forward(PackedHead weights, WindowPanels window);

  /**
   * Adds the gradients of {@link #forward}'s weights and sets those of the top activations; outputs
   * are overwritten.
   *
   * @param sums (NB), the sum each block adds to; blocks of one shard share one
   */
  void backward(PackedHead weights, WindowPanels window, GradientSum[] sums);

  /** Sum of a block's losses in the last {@link #forward}, its lanes in the fixed order. */
  double loss(int block);

  /** Sum of one lane's losses in the last {@link #forward}. */
  double laneLoss(int lane);

  /** Sum of the weights of a block's targets in the last {@link #forward}. */
  double weight(int block);

  /** Sum of the weights of one lane's targets in the last {@link #forward}. */
  double laneWeight(int lane);

  /** Targets of a block in the last {@link #forward}. */
  long targets(int block);

  /**
   * Copies what one lane answers at step t of the last {@link #forward}: values or probabilities.
   * Defined where the step is scored, until {@link #backward}.
   *
   * @param into (A), from {@code from}
   */
  void outputs(int lane, int t, double[] into, int from);

  /** Bytes held for outputs, and for summing the gradients of the weights. */
  long bytes();
}

package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.team.Team;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of a network over a window: it reads a {@link LayerInput} and makes {@link Activations}
 * that the layer above reads, or the head.
 *
 * <p>Forward keeps what backward needs, so one object serves one thread. What is computed for a
 * lane block is a function of that block alone.
 */
public sealed interface Layer
    permits EmbeddingLayer, RecurrentLayer, BidirectionalLayer, ResidualLayer, DropoutLayer {
  /**
   * The layers of a network, from the input upwards: each reads the one before. Below those of the
   * network's list there is one that makes x_t where the input {@link InputSpec#isComposed is
   * composed}.
   *
   * @param memory for summing the gradients of weights
   * @param team threads that share the work of recurrent layers
   */
  static Layer[] stack(ParameterLayout layout, VectorOps ops, AlignedMemory memory, Team team) {
    NetworkSpec spec = layout.spec();
    List<Layer> layers = new ArrayList<>();
    LayerInput input = LayerInput.ofBatch(spec.input());
    if (spec.input().isComposed()) {
      layers.add(new EmbeddingLayer(layout));
      input = layers.get(0).output();
    }
    int state = 0;
    for (int number = 0; number < spec.layers().size(); number++) {
      Layer layer;
      if (spec.layers().get(number) instanceof DropoutSpec dropout) {
        layer = new DropoutLayer(dropout, number, input, ops.gates());
      } else {
        RecurrentSpec recurrent = layout.layers().get(state).spec();
        Layer made = recurrent(layout, number, state, input, ops, memory, team);
        layer = recurrent.residual() ? new ResidualLayer(made, input, ops) : made;
        state += recurrent.directions();
      }
      layers.add(layer);
      input = layer.output();
    }
    return layers.toArray(Layer[]::new);
  }

  private static Layer recurrent(
      ParameterLayout layout,
      int number,
      int state,
      LayerInput input,
      VectorOps ops,
      AlignedMemory memory,
      Team team) {
    return layout.layers().get(state).spec().bidirectional()
        ? new BidirectionalLayer(layout, number, state, input, ops, memory, team)
        : new RecurrentLayer(layout.layers().get(state), number, state, input, ops, memory, team);
  }

  /** What it makes: the same object for ever. */
  Activations output();

  /**
   * Makes room for windows of up to {@code maxSteps} steps of {@code blocks} blocks, before {@link
   * #forward}; the layer that it reads has made its own.
   *
   * @param memory of windows of this shape
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  void reserve(int maxSteps, int blocks, AlignedMemory memory);

  /**
   * Computes the values of {@link #output} of every panel of a window.
   *
   * @param weights its own, by {@link PackedLayer#stack}
   * @param initial states that the window starts from; null for zero
   */
  void forward(PackedLayer weights, WindowPanels window, CarriedState initial);

  /**
   * Of {@link #forward}, given the gradients of {@link #output}: adds those of its weights, and
   * sets those of the layer that it reads, if it reads one.
   *
   * @param how how far gradients flow back, and how large they may be
   * @param sums (NB), the sum each block adds to; blocks of one shard share one
   */
  void backward(PackedLayer weights, WindowPanels window, Backpropagation how, GradientSum[] sums);

  /**
   * Copies the state that every lane hands on, if it has one: after the window of the last {@link
   * #forward}, or after the step of it that the batch says.
   */
  void copyFinalState(WindowPanels window, CarriedState into);

  /**
   * Copies the state of one lane after a step of the last {@link #forward}, if it has one.
   *
   * @param t step of the lane's piece
   * @param into of another batch
   * @param toLane of {@code into}
   */
  void copyState(int lane, int t, CarriedState into, int toLane);

  /** Copies dE/d(initial state) after {@link #backward}, if it has a state. */
  void copyInitialStateGradient(CarriedState into);

  /** Bytes held beside both memories. */
  long bytes();
}

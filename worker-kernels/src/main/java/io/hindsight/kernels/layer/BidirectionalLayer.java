package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.PanelCopy;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.team.Team;
import java.util.Arrays;

/**
 * Two recurrent layers that read the same: one each sequence from its start, the other from its end
 * (Schuster and Paliwal: <i>Bidirectional Recurrent Neural Networks</i>, IEEE Transactions on
 * Signal Processing 1997). {@code y_t = [f_t; b_t]} with b_t the second's state after it has read
 * steps T−1 to t, T a lane's own length.
 *
 * <p>Where only the last step is read, {@code y_{T−1} = [f after step T−1; b after step 0]}, as of
 * PyTorch's {@code h_n}. That is what the second layer makes at its own step T−1, so its states
 * then stay in its own order.
 */
final class BidirectionalLayer implements Layer {
  private static final int LANES = Lanes.LANES;
  private static final PanelView NONE = new PanelView(new double[0], 0, 0);

  private final LayerInput input;
  private final RecurrentLayer forward;
  private final RecurrentLayer backward;
  private final int hidden; // H
  private final boolean readAtItsEnd;
  private final GateOps ops;
  private final PanelCopy copy = new PanelCopy();
  private final Activations output; // y
  private PanelView ofBackward = NONE; // its half of the values // (T, NB, H, 8)
  private PanelView dOfBackward = NONE; // and of the gradients
  private PanelView dx = NONE; // (T, NB, I, 8): dE/dx by way of backward

  /**
   * The layer.
   *
   * @param number its place in the network's list
   * @param state which of the carried states, and of the layout's directions, is its first
   * @param memory for summing the gradients of the weights
   */
  BidirectionalLayer(
      ParameterLayout layout,
      int number,
      int state,
      LayerInput input,
      VectorOps ops,
      AlignedMemory memory,
      Team team) {
    this.input = input;
    this.ops = ops.gates();
    forward =
        new RecurrentLayer(layout.layers().get(state), number, state, input, ops, memory, team);
    backward =
        new RecurrentLayer(
            layout.layers().get(state + 1), ~number, state + 1, input, ops, memory, team);
    hidden = forward.output().rows();
    readAtItsEnd = layout.spec().isReadAtItsEnd(number);
    output = new Activations(2 * hidden, true);
  }

  @Override
  public Activations output() {
    return output;
  }

  @Override
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    int panels = Math.multiplyExact(maxSteps, blocks);
    output.set(memory.panels(panels, output.rows()), memory.panels(panels, output.rows()));
    forward.reserve(maxSteps, blocks, memory, output.gradients()); // of which its are the first H
    backward.reserve(maxSteps, blocks, memory);
    ofBackward = output.values().fromRow(hidden);
    dOfBackward = output.gradients().fromRow(hidden);
    dx = memory.panels(panels, input.wantsGradients() ? input.rows() : 0);
  }

  @Override
  public void forward(PackedLayer weights, WindowPanels window, CarriedState initial) {
    PackedLayer.BothWays w = (PackedLayer.BothWays) weights;
    forward.forward(w.forward(), window, initial);
    backward.forward(w.backward(), window.reversed(), initial);
    PanelView f = forward.output().values();
    PanelView b = backward.output().values();
    if (readAtItsEnd) {
      PanelCopy.copyEnds(window, hidden, f, output.values());
      PanelCopy.copyEnds(window, hidden, b, ofBackward);
    } else {
      copy.copy(window, hidden, f, output.values());
      copy.copy(window.reversed(), hidden, b, ofBackward);
    }
  }

  @Override
  public void backward(
      PackedLayer weights, WindowPanels window, Backpropagation how, GradientSum[] sums) {
    PackedLayer.BothWays w = (PackedLayer.BothWays) weights;
    outputBackward(window);
    backward.backward(w.backward(), window.reversed(), how, sums);
    if (!input.wantsGradients()) {
      forward.backward(w.forward(), window, how, sums);
      return;
    }
    PanelView below = ((Activations) input).gradients();
    copy.copy(window.reversed(), input.rows(), below, dx);
    forward.backward(w.forward(), window, how, sums);
    add(window.all(), below);
  }

  /** dy → db: of the copies in {@link #forward}; df lies in dy. */
  private void outputBackward(WindowPanels window) {
    Panels read = output.gradientPanels();
    forward.output().setGradientPanels(read);
    if (readAtItsEnd) {
      PanelCopy.copy(read, hidden, dOfBackward, backward.output().gradients());
      backward.output().setGradientPanels(read);
    } else {
      clearOthers(window.all(), read);
      copy.copy(window.reversed(), hidden, dOfBackward, backward.output().gradients());
      backward.output().setGradientPanels(window.all());
    }
  }

  /** Zeroes db where there is no gradient, as lanes of other panels come to lie beside it. */
  private void clearOthers(Panels all, Panels read) {
    int next = 0;
    for (int i = 0; i < all.count(); i++) {
      if (next < read.count() && read.get(next) == all.get(i)) {
        next++;
      } else {
        int from = dOfBackward.at(all.get(i));
        Arrays.fill(dOfBackward.array(), from, from + hidden * LANES, 0);
      }
    }
  }

  /** dx of forward += dx of backward. */
  private void add(Panels panels, PanelView below) {
    int size = input.rows() * LANES;
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      ops.add(size, dx.array(), dx.at(panel), below.array(), below.at(panel));
    }
  }

  @Override
  public void copyFinalState(WindowPanels window, CarriedState into) {
    forward.copyFinalState(window, into);
    backward.copyFinalState(window, into);
  }

  @Override
  public void copyState(int lane, int t, CarriedState into, int toLane) {
    throw new UnsupportedOperationException("a layer of two directions has no state after a step");
  }

  @Override
  public void copyInitialStateGradient(CarriedState into) {
    forward.copyInitialStateGradient(into);
    backward.copyInitialStateGradient(into);
  }

  @Override
  public long bytes() {
    return forward.bytes() + backward.bytes();
  }
}

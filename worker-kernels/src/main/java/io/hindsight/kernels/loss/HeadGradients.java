package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/** The gradients of the output's weights: dWy += da_t h_tᵀ, dby += da_t, for steps descending. */
final class HeadGradients {
  private static final int LANES = Lanes.LANES;

  private final ParameterLayout layout;
  private final TransposedPanels logits; // da
  private final TransposedPanels hidden; // h
  private final OuterProduct weights;
  private Panels descending = new Panels(0);

  HeadGradients(VectorOps ops, AlignedMemory memory, ParameterLayout layout) {
    this.layout = layout;
    logits = new TransposedPanels(ops.matrix(), memory, layout.outWeight().rows());
    hidden = new TransposedPanels(ops.matrix(), memory, layout.outWeight().columns());
    weights = new OuterProduct(ops.matrix(), memory, logits.rows(), hidden.rows());
  }

  /** Adds the gradients of every block to its sum; blocks of one shard share one. */
  void add(HeadWorkspace s, PanelView h, int blocks, GradientSum[] sums) {
    if (descending.capacity() < s.scored.count()) {
      descending = new Panels(s.scored.capacity());
    }
    for (int from = 0, to; from < blocks; from = to) {
      to = GradientSum.endOfShard(sums, from);
      listDescending(s.scored, blocks, from, to);
      addWeights(s, h, sums[from]);
      for (int block = from; block < to; block++) {
        addBias(s, block, sums[block].gradient());
      }
    }
  }

  /** Bytes held beside the memory. */
  long bytes() {
    return (long) Integer.BYTES * descending.capacity();
  }

  /** Steps descending, and at a step the blocks ascending. */
  private void listDescending(Panels scored, int blocks, int from, int to) {
    descending.clear();
    for (int end = scored.count(); end > 0; ) {
      int t = scored.get(end - 1) / blocks;
      int first = end - 1;
      while (first > 0 && scored.get(first - 1) / blocks == t) {
        first--;
      }
      for (int i = first; i < end; i++) {
        int block = scored.get(i) % blocks;
        if (block >= from && block < to) {
          descending.add(scored.get(i), scored.lanes(i));
        }
      }
      end = first;
    }
  }

  private void addWeights(HeadWorkspace s, PanelView h, GradientSum sum) {
    Block weight = layout.outWeight();
    sum.start(weights, weight.offset());
    for (int first = 0; first < descending.count(); first += TransposedPanels.CHUNK) {
      int count = Math.min(TransposedPanels.CHUNK, descending.count() - first);
      logits.set(descending, first, count, s.logits);
      hidden.set(descending, first, count, h);
      weights.add(logits, hidden);
    }
    weights.store(sum.gradient(), weight.offset());
  }

  /** Adds a block's bias gradient, its lanes summed in the fixed order. */
  private void addBias(HeadWorkspace s, int block, double[] gradient) {
    Block bias = layout.outBias();
    for (int o = 0; o < bias.rows(); o++) {
      gradient[bias.offset() + o] += Lanes.sum(s.dBias, s.dBiasAt(block) + o * LANES);
    }
  }
}

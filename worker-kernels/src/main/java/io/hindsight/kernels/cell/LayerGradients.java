package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;

/**
 * The gradients of a layer's weights, from the dz of a whole window: dW += dz_t x_tᵀ, dU += dz_t
 * h_{t−1}ᵀ, db += dz_t, for steps descending, and at a step for the blocks of a shard ascending.
 */
final class LayerGradients {
  private static final int LANES = SequenceBatch.LANES;

  private final CellKernel kernel;
  private final LayerBlocks blocks;
  private final TransposedPanels inputOnly; // dz of rows that only the input product feeds
  private final TransposedPanels recurrent; // dz of rows that the recurrent product feeds
  private final TransposedPanels hidden; // h
  private final OuterProduct weightHh;
  private final InputGradients input;
  private Panels descending = new Panels(0);

  LayerGradients(CellKernel kernel, VectorOps ops, LayerBlocks blocks, boolean tokens) {
    this.kernel = kernel;
    this.blocks = blocks;
    int size = blocks.weightHh().columns();
    inputOnly = new TransposedPanels(ops.matrix(), kernel.firstRecurrentGate() * size);
    recurrent = new TransposedPanels(ops.matrix(), blocks.weightHh().rows());
    hidden = new TransposedPanels(ops.matrix(), size);
    weightHh = new OuterProduct(ops.matrix(), blocks.weightHh().rows(), size);
    input =
        tokens
            ? new TokenGradients(kernel, ops.matrix(), blocks.weightIh())
            : new FeatureGradients(kernel, ops.matrix(), blocks.weightIh());
  }

  /** Adds the gradients of every block to its sum; blocks of one shard share one. */
  void add(
      PackedLayer w,
      LayerWorkspace s,
      SequenceBatch batch,
      WindowPanels panels,
      GradientSum[] sums) {
    if (descending.capacity() < panels.all().count()) {
      descending = new Panels(panels.all().capacity());
    }
    for (int from = 0, to; from < batch.blocks(); from = to) {
      to = GradientSum.endOfShard(sums, from);
      panels.listDescending(from, to, descending);
      addWeights(w, s, batch, sums[from]);
      for (int block = from; block < to; block++) {
        addBiases(w, s, block, sums[block].gradient());
      }
    }
  }

  /** Bytes held. */
  long bytes() {
    long factors = inputOnly.bytes() + recurrent.bytes() + hidden.bytes();
    long numbers = (long) Integer.BYTES * descending.capacity();
    return factors + weightHh.bytes() + input.bytes() + numbers;
  }

  private void addWeights(PackedLayer w, LayerWorkspace s, SequenceBatch batch, GradientSum sum) {
    double[] gradient = sum.gradient();
    int weight = blocks.weightHh().offset();
    sum.start(weightHh, weight);
    input.start(sum);
    int chunk = TransposedPanels.CHUNK;
    for (int first = 0; first < descending.count(); first += chunk) {
      addChunk(w, s, batch, first, Math.min(chunk, descending.count() - first));
    }
    weightHh.store(gradient, weight);
    input.store(gradient);
  }

  private void addChunk(
      PackedLayer w, LayerWorkspace s, SequenceBatch batch, int first, int count) {
    int recurrentZ = w.firstRecurrentRow() * LANES;
    inputOnly.set(descending, first, count, s.gates, 0, s.gatesStride());
    recurrent.set(descending, first, count, s.gates, recurrentZ, s.gatesStride());
    hidden.set(descending, first, count, s.inputAndHidden, s.hiddenAt(0, 0), s.inputStride());
    weightHh.add(recurrent, hidden);
    input.select(s, batch, descending, first, count);
    input.add(inputOnly, recurrent);
  }

  /** Adds a block's bias gradients, its lanes summed in the fixed order, to both biases. */
  private void addBiases(PackedLayer w, LayerWorkspace s, int block, double[] gradient) {
    int recurrentRow = w.firstRecurrentRow();
    for (int row = 0; row < w.start.length; row++) {
      double sum = Lanes.sum(s.dStart, s.dStartAt(block) + row * LANES);
      if (row < w.inputRows()) {
        int gate = kernel.inputGate(row / w.hidden);
        gradient[blocks.biasIh().offset() + gate * w.hidden + row % w.hidden] += sum;
      }
      if (row >= recurrentRow) {
        gradient[blocks.biasHh().offset() + row - recurrentRow] += sum;
      }
    }
  }
}

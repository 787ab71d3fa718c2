package io.hindsight.kernels.serving;

import io.hindsight.kernels.loss.LaneAnswer;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;

/** What a step is computed in; of one step at a time, and nothing in it outlasts the step. */
final class StepScratch {
  final LayerScratch[] layers; // [L]
  final double[] top; // (H): what the top layer makes
  final double[] logits; // (O), rounded up to whole vectors
  final LaneAnswer answer;

  StepScratch(LaneLayer[] layers, PackedMatrix outWeight, LaneAnswer answer) {
    this.layers = new LayerScratch[layers.length];
    for (int l = 0; l < layers.length; l++) {
      this.layers[l] = layers[l].scratch();
    }
    top = new double[outWeight.columns()];
    logits = new double[Packing.paddedRows(outWeight.rows())];
    this.answer = answer;
  }

  /** Where x of the first layer goes. */
  double[] firstRead() {
    return layers[0].read;
  }

  /** Where what a layer makes goes. */
  double[] above(int layer) {
    return layer + 1 < layers.length ? layers[layer + 1].read : top;
  }
}

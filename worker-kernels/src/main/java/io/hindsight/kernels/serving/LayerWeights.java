package io.hindsight.kernels.serving;

import io.hindsight.kernels.math.PackedMatrix;

/**
 * The weights of a recurrent layer for a single lane. The row blocks of z have P rows each: H
 * rounded up to whole vectors, the rest zero; only those of products that are normalised have H.
 */
final class LayerWeights {
  final int inputs; // I; 0 for tokens
  final int hidden; // H
  final int units; // P
  final double[] start; // (rowBlocks·P): what z starts from
  final PackedMatrix[] products; // what makes z of [x; h]; of a normalised layer W x, if any, U h
  final int inputRows; // rows of z, or of W x, that the input product feeds
  final double[] tokenRows; // (V+1, inputRows): what z, or W x, starts from; dense: {}
  final NormWeights norms; // null unless the layer is normalised

  LayerWeights(LayerPacking packing) {
    inputs = packing.inputs();
    hidden = packing.hidden();
    units = packing.units();
    start = packing.start();
    products = packing.products();
    inputRows = packing.inputRows();
    tokenRows = inputs == 0 ? packing.tokenRows() : new double[0];
    norms = packing.norms();
  }

  /** Bytes held. */
  long bytes() {
    long bytes = Double.BYTES * ((long) start.length + tokenRows.length);
    for (PackedMatrix product : products) {
      bytes += product.bytes();
    }
    return bytes;
  }
}

package io.hindsight.kernels.layer;

/**
 * The weights of a layer of two directions.
 *
 * @param forward of the one that reads from the start
 * @param backward of the one that reads from the end
 */
record PackedBidirectional(PackedLayer forward, PackedLayer backward) implements PackedLayer {
  @Override
  public void pack(double[] values) {
    forward.pack(values);
    backward.pack(values);
  }

  @Override
  public long bytes() {
    return forward.bytes() + backward.bytes();
  }
}

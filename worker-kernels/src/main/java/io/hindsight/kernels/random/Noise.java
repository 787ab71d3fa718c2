package io.hindsight.kernels.random;

import io.hindsight.kernels.math.GateOps;

/**
 * Which units of a network are struck by noise in a pass of training: dropped, or kept from
 * changing.
 */
public interface Noise {
  /** None, as in evaluation: layers compute the mean of what noise would give. */
  Noise NONE =
      (site, block, step, ops, struck, at) -> {
        throw new IllegalStateException("nothing is struck in evaluation");
      };

  /** What units are struck for; the codes are part of the format. */
  enum Kind {
    /** What a layer of dropout reads, anew at each step or once for all. */
    DROPOUT,
    /** h where the recurrent product reads it, once for all steps. */
    RECURRENT,
    /** h, which keeps its value. */
    ZONEOUT_HIDDEN,
    /** c, which keeps its value. */
    ZONEOUT_CELL
  }

  /**
   * Some units that noise may strike.
   *
   * @param layer its place in the network's list of layers; of a direction from the end −1 − place
   * @param kind what for
   * @param rate the probability of each unit
   * @param rows how many units
   */
  record Site(int layer, Kind kind, double rate, int rows) {}

  /**
   * Says which units of a block's eight lanes are struck.
   *
   * @param block of the batch
   * @param step time step within the window; 0 where all steps have the same
   * @param ops that may compute it
   * @param struck from {@code at} on a byte for each unit: bit l is lane l
   */
  void draw(Site site, int block, int step, GateOps ops, byte[] struck, int at);
}

package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.NormBlocks.Affine;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.Optional;

/** A map of vectors by named parameters: W x + b, or LN(W x) + b. */
sealed interface PlainMap permits PlainLinear, PlainNormalized {
  /**
   * The map of a layer.
   *
   * @param values the network's live parameters // (P)
   * @param bias b, or nothing for 0
   * @param norm of the product, or nothing for none
   */
  static PlainMap of(double[] values, Block weight, Optional<Block> bias, Optional<Affine> norm) {
    return norm.isEmpty()
        ? new PlainLinear(values, weight, bias)
        : new PlainNormalized(values, weight, bias, norm.get());
  }

  /** k: elements of x. */
  int inputs();

  /** x (k) → y (m). */
  double[] forward(double[] x);

  /** Of {@link #forward}: adds the parameters' gradients to those of the network (P), and dx. */
  void backward(double[] x, double[] dy, double[] dx, double[] gradient);
}

package io.hindsight.kernels.network;

import java.util.Locale;

/** The nonlinearity g of a simple recurrent cell. */
public enum Activation {
  /** Hyperbolic tangent. */
  TANH,
  /** max(0, z), with derivative 0 at z ≤ 0. */
  RELU,
  /** 1 / (1 + e^−z). */
  SIGMOID,
  /** g(z) = z. */
  IDENTITY;

  /** Its name, as configurations spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.hindsight.kernels.math.choice;

import io.hindsight.kernels.math.FmaChain;

/** One double per register: the definition, and what runs without the Vector API. */
final class ScalarFmaChain implements FmaChain {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public double run(int rounds, double f, double g) {
    double x0 = 0;
    double x1 = 1;
    double x2 = 2;
    double x3 = 3;
    double x4 = 4;
    double x5 = 5;
    double x6 = 6;
    double x7 = 7;
    double x8 = 8;
    double x9 = 9;
    double x10 = 10;
    double x11 = 11;
    for (int round = 0; round < rounds; round++) {
      x0 = Math.fma(f, g, x0);
      x1 = Math.fma(f, g, x1);
      x2 = Math.fma(f, g, x2);
      x3 = Math.fma(f, g, x3);
      x4 = Math.fma(f, g, x4);
      x5 = Math.fma(f, g, x5);
      x6 = Math.fma(f, g, x6);
      x7 = Math.fma(f, g, x7);
      x8 = Math.fma(f, g, x8);
      x9 = Math.fma(f, g, x9);
      x10 = Math.fma(f, g, x10);
      x11 = Math.fma(f, g, x11);
    }
    return x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11;
  }
}

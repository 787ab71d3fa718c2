package io.hindsight.kernels.math;

/** One double per register: the definition, and what runs without the Vector API. */
public final class ScalarFmaChain implements FmaChain {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public double run(int rounds, double factor, double addend) {
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
      x0 = Math.fma(x0, factor, addend);
      x1 = Math.fma(x1, factor, addend);
      x2 = Math.fma(x2, factor, addend);
      x3 = Math.fma(x3, factor, addend);
      x4 = Math.fma(x4, factor, addend);
      x5 = Math.fma(x5, factor, addend);
      x6 = Math.fma(x6, factor, addend);
      x7 = Math.fma(x7, factor, addend);
      x8 = Math.fma(x8, factor, addend);
      x9 = Math.fma(x9, factor, addend);
      x10 = Math.fma(x10, factor, addend);
      x11 = Math.fma(x11, factor, addend);
    }
    return x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11;
  }
}

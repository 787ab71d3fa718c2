package io.hindsight.kernels.plain;

import java.util.Arrays;

/**
 * One time step of one layer: its values, and their gradients. Step 0 is the initial state and has
 * h and c only.
 */
final class PlainStep {
  final PlainStep before; // the step whose h and c this one starts from; null for step 0
  final double[] x; // (I)
  final double[] read; // (H): of h_{t−1}, what U reads
  final double[] a; // (G·H): W x_t + b, of the input
  final double[] u; // (G·H): U h_{t−1} + b', of the state before
  final double[] gates; // (G·H)
  final double[] h; // (H)
  final double[] c; // (H)

  PlainStep after =
      this; // the state that the next step starts from: this, unless units keep theirs
  double[] keptH; // (H): how much of h_{t−1} each unit keeps; null for none
  double[] keptC; // (H): of c_{t−1}

  final double[] da; // (G·H)
  final double[] du; // (G·H)
  final double[] dh; // (H): summed, from above and from the next step
  final double[] dc; // (H): summed, from h and from the next step
  double deltaFactor = 1; // what dh was multiplied by

  /** The initial state, not copied // (H). */
  PlainStep(double[] h, double[] c) {
    this(null, null, null, null, null, h, c);
  }

  /** A step that follows another; its gates, h and c are yet to be computed. */
  PlainStep(PlainStep before, double[] x, double[] read, double[] a, double[] u) {
    this(before, x, read, a, u, new double[before.h.length], new double[before.c.length]);
  }

  private PlainStep(
      PlainStep before, double[] x, double[] read, double[] a, double[] u, double[] h, double[] c) {
    int rows = a == null ? 0 : a.length;
    this.before = before;
    this.x = x;
    this.read = read;
    this.a = a;
    this.u = u;
    this.h = h;
    this.c = c;
    gates = new double[rows];
    da = new double[rows];
    du = new double[rows];
    dh = new double[h.length];
    dc = new double[c.length];
  }

  /** dh ← dh · c/‖dh‖₂ where ‖dh‖₂ > c. */
  void limitDelta(double c) {
    double norm = 0;
    for (double value : dh) {
      norm = Math.hypot(norm, value);
    }
    if (norm > c && norm < Double.POSITIVE_INFINITY) {
      deltaFactor = c / norm;
      for (int j = 0; j < dh.length; j++) {
        dh[j] *= deltaFactor;
      }
    }
  }

  /** Before a backward pass, which adds to them. */
  void clearGradients() {
    Arrays.fill(dh, 0);
    Arrays.fill(dc, 0);
  }
}

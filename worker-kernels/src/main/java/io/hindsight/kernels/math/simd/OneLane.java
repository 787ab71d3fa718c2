package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a matrix and one vector: neighbouring rows of the result are the lanes of a
 * vector, eight vectors at a time, so that no multiply-add waits for the one before it.
 *
 * <p>Each weight is used once, so the time is that of bringing the weights from the cache that
 * holds them.
 */
final class OneLane {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;
  private static final int ROWS = Packing.ROWS;
  private static final int VECTORS = 8; // at a time

  private OneLane() {}

  /** y += A x, of whole blocks of rows. */
  static void product(PackedMatrix matrix, double[] x, double[] y, int yFrom) {
    int k = matrix.columns();
    int vectors = Packing.paddedRows(matrix.rows()) / LANES;
    double[] a = matrix.values();
    int ai = matrix.valuesFrom();
    int xi = matrix.firstColumn();
    int yi = yFrom + matrix.firstRow();
    int v = 0;
    for (; v + VECTORS <= vectors; v += VECTORS) {
      eight(k, a, ai, v, x, xi, y, yi + v * LANES);
    }
    for (; v + VECTORS / 2 <= vectors; v += VECTORS / 2) {
      four(k, a, ai, v, x, xi, y, yi + v * LANES);
    }
    for (; v < vectors; v++) {
      one(k, a, ai + at(v, k), x, xi, y, yi + v * LANES);
    }
  }

  /** Where the weights of a vector of rows begin. */
  private static int at(int vector, int k) {
    return Packing.index(vector * LANES, 0, k);
  }

  private static void eight(
      int k, double[] a, int ai, int v, double[] x, int xi, double[] y, int yi) {
    int a0 = ai + at(v, k);
    int a1 = ai + at(v + 1, k);
    int a2 = ai + at(v + 2, k);
    int a3 = ai + at(v + 3, k);
    int a4 = ai + at(v + 4, k);
    int a5 = ai + at(v + 5, k);
    int a6 = ai + at(v + 6, k);
    int a7 = ai + at(v + 7, k);
    DoubleVector s0 = DoubleVector.fromArray(S, y, yi);
    DoubleVector s1 = DoubleVector.fromArray(S, y, yi + LANES);
    DoubleVector s2 = DoubleVector.fromArray(S, y, yi + 2 * LANES);
    DoubleVector s3 = DoubleVector.fromArray(S, y, yi + 3 * LANES);
    DoubleVector s4 = DoubleVector.fromArray(S, y, yi + 4 * LANES);
    DoubleVector s5 = DoubleVector.fromArray(S, y, yi + 5 * LANES);
    DoubleVector s6 = DoubleVector.fromArray(S, y, yi + 6 * LANES);
    DoubleVector s7 = DoubleVector.fromArray(S, y, yi + 7 * LANES);
    for (int p = 0; p < k; p++) {
      DoubleVector b = DoubleVector.broadcast(S, x[xi + p]);
      int w = p * ROWS;
      s0 = DoubleVector.fromArray(S, a, a0 + w).fma(b, s0);
      s1 = DoubleVector.fromArray(S, a, a1 + w).fma(b, s1);
      s2 = DoubleVector.fromArray(S, a, a2 + w).fma(b, s2);
      s3 = DoubleVector.fromArray(S, a, a3 + w).fma(b, s3);
      s4 = DoubleVector.fromArray(S, a, a4 + w).fma(b, s4);
      s5 = DoubleVector.fromArray(S, a, a5 + w).fma(b, s5);
      s6 = DoubleVector.fromArray(S, a, a6 + w).fma(b, s6);
      s7 = DoubleVector.fromArray(S, a, a7 + w).fma(b, s7);
    }
    s0.intoArray(y, yi);
    s1.intoArray(y, yi + LANES);
    s2.intoArray(y, yi + 2 * LANES);
    s3.intoArray(y, yi + 3 * LANES);
    s4.intoArray(y, yi + 4 * LANES);
    s5.intoArray(y, yi + 5 * LANES);
    s6.intoArray(y, yi + 6 * LANES);
    s7.intoArray(y, yi + 7 * LANES);
  }

  private static void four(
      int k, double[] a, int ai, int v, double[] x, int xi, double[] y, int yi) {
    int a0 = ai + at(v, k);
    int a1 = ai + at(v + 1, k);
    int a2 = ai + at(v + 2, k);
    int a3 = ai + at(v + 3, k);
    DoubleVector s0 = DoubleVector.fromArray(S, y, yi);
    DoubleVector s1 = DoubleVector.fromArray(S, y, yi + LANES);
    DoubleVector s2 = DoubleVector.fromArray(S, y, yi + 2 * LANES);
    DoubleVector s3 = DoubleVector.fromArray(S, y, yi + 3 * LANES);
    for (int p = 0; p < k; p++) {
      DoubleVector b = DoubleVector.broadcast(S, x[xi + p]);
      int w = p * ROWS;
      s0 = DoubleVector.fromArray(S, a, a0 + w).fma(b, s0);
      s1 = DoubleVector.fromArray(S, a, a1 + w).fma(b, s1);
      s2 = DoubleVector.fromArray(S, a, a2 + w).fma(b, s2);
      s3 = DoubleVector.fromArray(S, a, a3 + w).fma(b, s3);
    }
    s0.intoArray(y, yi);
    s1.intoArray(y, yi + LANES);
    s2.intoArray(y, yi + 2 * LANES);
    s3.intoArray(y, yi + 3 * LANES);
  }

  private static void one(int k, double[] a, int ai, double[] x, int xi, double[] y, int yi) {
    DoubleVector sum = DoubleVector.fromArray(S, y, yi);
    for (int p = 0; p < k; p++) {
      DoubleVector b = DoubleVector.broadcast(S, x[xi + p]);
      sum = DoubleVector.fromArray(S, a, ai + p * ROWS).fma(b, sum);
    }
    sum.intoArray(y, yi);
  }
}

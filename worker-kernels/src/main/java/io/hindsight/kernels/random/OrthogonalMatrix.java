package io.hindsight.kernels.random;

/**
 * Random orthogonal matrices, uniform over the orthogonal group.
 *
 * <p>A Gaussian matrix is orthogonalised row by row (modified Gram–Schmidt, each row twice, which
 * is enough: Giraud, Langou, Rozložník 2005). That is the QR decomposition whose R has a positive
 * diagonal, the sign convention the uniform distribution needs (Mezzadri 2007). Sums run in index
 * order, so the bits are the same everywhere.
 */
public final class OrthogonalMatrix {
  private static final int PASSES = 2;

  private OrthogonalMatrix() {}

  /**
   * Fills an (n, n) row-major matrix.
   *
   * @param into the array that holds it
   * @param from index of its first element
   */
  public static void draw(CounterRandom random, int n, double[] into, int from) {
    for (int i = from; i < from + n * n; i++) {
      into[i] = random.nextGaussian();
    }
    for (int row = 0; row < n; row++) {
      int at = from + row * n;
      for (int pass = 0; pass < PASSES; pass++) {
        for (int other = from; other < at; other += n) {
          subtractProjection(into, at, other, n);
        }
      }
      normalise(into, at, n);
    }
  }

  /** a −= (a · b) b, for a unit row b. */
  private static void subtractProjection(double[] m, int a, int b, int n) {
    double projection = dot(m, a, b, n);
    for (int i = 0; i < n; i++) {
      m[a + i] = Math.fma(-projection, m[b + i], m[a + i]);
    }
  }

  private static void normalise(double[] m, int a, int n) {
    double norm = Math.sqrt(dot(m, a, a, n));
    for (int i = 0; i < n; i++) {
      m[a + i] /= norm;
    }
  }

  private static double dot(double[] m, int a, int b, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(m[a + i], m[b + i], sum);
    }
    return sum;
  }
}

package io.hindsight.datasets.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static final double[] NUMBERS = {1e-9, 1e-3, 0.5, 1, 1 + 1e-9, 2, 17.25, 1e6, 1e12};

  @Test
  void shouldBeThePowersOfBoxAndCox() {
    for (double x : NUMBERS) {
      assertNear(2 * (x - 1) / (Math.sqrt(x) + 1), new Transform.BoxCox(0.5).apply(x), x);
      assertNear(x - 1, new Transform.BoxCox(1).apply(x), x);
      assertNear((x - 1) * (x + 1) / 2, new Transform.BoxCox(2).apply(x), x);
      assertNear(Math.log(x), new Transform.BoxCox(0).apply(x), x);
      assertNear(Math.log(x), new Transform.BoxCox(1e-15).apply(x), x);
    }
  }

  private static void assertNear(double expected, double actual, double x) {
    assertEquals(expected, actual, 1e-13 * Math.max(1e-9, Math.abs(expected)), "of " + x);
  }

  @Test
  void shouldBeUndoneByItsInverse() {
    for (Transform transform :
        List.of(
            Transform.LOG,
            Transform.LOG1P,
            Transform.NONE,
            new Transform.BoxCox(0.1),
            new Transform.BoxCox(0.5),
            new Transform.BoxCox(1),
            new Transform.BoxCox(2))) {
      for (double x : NUMBERS) {
        double rounding = Math.ulp(1.0) * Math.max(1, Math.abs(transform.apply(x)));
        double slope = (transform.apply(1.001 * x) - transform.apply(x)) / (0.001 * x);
        double back = transform.invert(transform.apply(x));
        assertEquals(x, back, 1e-13 * x + 4 * rounding / slope, transform + " of " + x);
      }
      assertTrue(transform.apply(3) < transform.apply(Math.nextUp(3.0) + 1e-12), "it increases");
    }
  }

  /** With λ = ½ it gives 2√x − 2, which is above −2. */
  @Test
  void shouldAnswerTheBoundOfWhatItTakes() {
    Transform root = new Transform.BoxCox(0.5);
    assertEquals(0, root.invert(-2));
    assertEquals(0, root.invert(-1e300));
    assertEquals(0.25, root.invert(-1), 1e-15);
    assertTrue(Transform.LOG.invert(-700) > 0);
  }

  @Test
  void shouldRefuseWhatHasNoTransformedNumber() {
    for (double lambda : new double[] {0, 0.5, 2}) {
      assertTrue(new Transform.BoxCox(lambda).refuses(0));
      assertFalse(new Transform.BoxCox(lambda).refuses(Double.MIN_VALUE));
      assertFalse(new Transform.BoxCox(lambda).refuses(Double.NaN), "missing");
    }
    assertFalse(Transform.LOG1P.refuses(0));
    assertTrue(Transform.LOG1P.refuses(-1e-9));
    assertFalse(Transform.NONE.refuses(-1));
    assertThrows(IllegalArgumentException.class, () -> new Transform.BoxCox(-1));
    assertThrows(IllegalArgumentException.class, () -> new Transform.BoxCox(Double.NaN));
  }

  /** Numbers that lie so far apart as their rounding have images within what is said of them. */
  @Test
  void shouldTellHowFarItsNumbersMayBeOff() {
    for (double lambda : new double[] {0, 1e-6, 0.3, 0.5, 1, 2}) {
      Transform transform = new Transform.BoxCox(lambda);
      for (double x : NUMBERS) {
        double error = x * 1e-9;
        double far = Math.abs(transform.apply(x + error) - transform.apply(x));
        assertTrue(far <= 1.001 * transform.error(x, error), transform + " of " + x);
        assertTrue(transform.error(x, error) <= 1.1 * far + 1e-13 * (1 + x * x), "not much more");
      }
    }
  }
}

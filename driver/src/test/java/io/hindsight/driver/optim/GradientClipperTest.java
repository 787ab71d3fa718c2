package io.hindsight.driver.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientClipperTest {
  static Stream<GradientClipper> kinds() {
    return Stream.of(
        new GradientClipper.None(), new GradientClipper.ByNorm(1), new GradientClipper.ByValue(1));
  }

  @Test
  void shouldScaleALargeGradientToTheLimit() {
    double[] gradient = {3, -4};
    ClipResult result = new GradientClipper.ByNorm(1).clip(gradient);
    double scale = 1 / 5.000001;
    assertEquals(5, result.norm(), 0.0);
    assertEquals(scale, result.scale(), 1e-16);
    assertEquals(result.scale(), result.factor(), 0.0);
    assertArrayEquals(new double[] {3, -4}, gradient, 0.0);
  }

  @Test
  void shouldLeaveASmallGradientToTheBit() {
    double[] gradient = {0.3, -0.4};
    ClipResult result = new GradientClipper.ByNorm(1).clip(gradient);
    assertEquals(ClipResult.unclipped(0.5), result);
    assertArrayEquals(new double[] {0.3, -0.4}, gradient, 0.0);
  }

  @Test
  void shouldClipAGradientWhoseSquaresOverflow() {
    double[] gradient = {1e200, 1e200};
    ClipResult result = new GradientClipper.ByNorm(1).clip(gradient);
    assertEquals(Math.sqrt(2) * 1e200, result.norm(), 1e185);
    assertEquals(0.7071067811865475, gradient[0] * result.factor(), 1e-15);
  }

  @Test
  void shouldLimitEachElement() {
    double[] gradient = {3, -0.5, -4};
    ClipResult result = new GradientClipper.ByValue(1).clip(gradient);
    assertArrayEquals(new double[] {1, -0.5, -1}, gradient, 0.0);
    assertEquals(Math.sqrt(25.25), result.norm(), 1e-15);
    assertEquals(1.5 / Math.sqrt(25.25), result.scale(), 1e-15);
    assertEquals(1.0, result.factor(), 0.0);
  }

  @Test
  void shouldOnlyMeasureWithoutClipping() {
    double[] gradient = {30, 40};
    assertEquals(ClipResult.unclipped(50), new GradientClipper.None().clip(gradient));
    assertArrayEquals(new double[] {30, 40}, gradient, 0.0);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseNaNAndInfinity(GradientClipper clipper) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] gradient = {1, 2, bad, 3};
      NonFiniteGradientException error =
          assertThrows(NonFiniteGradientException.class, () -> clipper.clip(gradient));
      assertEquals(2, error.index());
      assertArrayEquals(new double[] {1, 2, bad, 3}, gradient, 0.0);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseANormThatNoDoubleHolds(GradientClipper clipper) {
    double[] gradient = {Double.MAX_VALUE, -Double.MAX_VALUE};
    NonFiniteGradientException error =
        assertThrows(NonFiniteGradientException.class, () -> clipper.clip(gradient));
    assertEquals(-1, error.index());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldAcceptAZeroGradient(GradientClipper clipper) {
    assertEquals(ClipResult.unclipped(0), clipper.clip(new double[5]));
  }
}

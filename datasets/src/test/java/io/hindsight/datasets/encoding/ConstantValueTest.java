package io.hindsight.datasets.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.spec.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What counts as constant, for every scale that is fitted, with and without differences. */
class ConstantValueTest {
  private static final int STEPS = 400;

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "COUNT", "MEAN"})
  void shouldTakeAnExactConstantOfAnySizeForConstant(Scale scale) {
    for (double value : new double[] {7, 0.1, 1e-300, 1e300, Double.MIN_VALUE, Double.MAX_VALUE}) {
      assertConstant(transformed(scale, value), fit(scale, levels(t -> value), false));
      assertConstant(0, fit(scale, levels(t -> value), true));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STANDARDIZE", "MINMAX"})
  void shouldTakeZerosForConstant(Scale scale) {
    assertConstant(0, fit(scale, levels(t -> 0), false));
    assertConstant(0, fit(scale, levels(t -> t % 2 == 0 ? 0.0 : -0.0), true));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "COUNT", "MEAN"})
  void shouldTakeTheLastBitsOfSumsForConstant(Scale scale) {
    // Three orders of adding tenths: 0.6 and the two doubles around it.
    double[] sums = {0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.6, 0.7 - 0.1};
    assertTrue(Arrays.stream(sums).distinct().count() >= 2, Arrays.toString(sums));
    assertConstant(transformed(scale, 0.6), fit(scale, levels(t -> sums[t % 4]), false));
  }

  @ParameterizedTest
  @EnumSource(names = {"STANDARDIZE", "MINMAX"})
  void shouldTakeAClocksRoundingForConstant(Scale scale) {
    // As texts of a file, as products, and as a running sum; in units from tiny to huge.
    assertConstant(
        0.1, fit(scale, levels(t -> Double.parseDouble("" + t / 10 + "." + t % 10)), true));
    for (double step : new double[] {0.1, 0.1e-300, 0.1e299, 1 / 3.0, -0.7}) {
      assertConstant(step, fit(scale, levels(t -> t * step), true));
      assertConstant(step, fit(scale, levels(t -> 1e3 * step + t * step), true));
    }
    double[] clock = new double[STEPS];
    for (int t = 1; t < STEPS; t++) {
      clock[t] = clock[t - 1] + 0.1;
    }
    assertConstant(0.1, fit(scale, clock, true));
    // Nanoseconds since 1970 as a double: a step of a second is off by up to 128.
    assertConstant(1e9, fit(scale, levels(t -> 1.7e18 + 123 + t * 1e9), true));
  }

  @Test
  void shouldTakeTheRoundingOfLogarithmsForConstant() {
    assertConstant(Math.log(1.01), fit(Scale.LOG, levels(t -> Math.pow(1.01, t)), true));
    assertConstant(Math.log(2), fit(Scale.LOG, levels(t -> StrictMath.scalb(1.0, t % 1000)), true));
    double[] grown = new double[STEPS];
    grown[0] = 1e-7;
    for (int t = 1; t < STEPS; t++) {
      grown[t] = grown[t - 1] * 1.5;
    }
    assertConstant(Math.log(1.5), fit(Scale.LOG, grown, true));
    // Beside 1 the logarithm is as small as the rounding of the value itself.
    double ulp = Math.ulp(1.0);
    assertConstant(0, ulp, fit(Scale.LOG, levels(t -> 1 + t % 2 * ulp), false));
    assertConstant(0, ulp, fit(Scale.LOG, levels(t -> 1 - t % 2 * ulp), true));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "COUNT", "MEAN"})
  void shouldScaleASpreadOfAHundredUlps(Scale scale) {
    for (double level : new double[] {1, 1.9, 46.3, 1e9 + 0.5, 1e-300, 1e300}) {
      // The logarithm of a large number has coarser steps than the number itself.
      double step = scale == Scale.LOG ? level * Math.ulp(Math.log(level)) : 0;
      double ulp = Math.max(Math.ulp(level), step);
      double[] levels = levels(t -> level + t % 101 * ulp);
      for (boolean difference : new boolean[] {false, true}) {
        Scaling.Column column = fit(scale, levels, difference);
        assertFalse(column.isConstant(), level + " " + difference);
        double[] scaled =
            Arrays.stream(values(scale, levels, difference)).map(column::normalize).toArray();
        double low = Arrays.stream(scaled).min().getAsDouble();
        double high = Arrays.stream(scaled).max().getAsDouble();
        assertTrue(high - low >= 0.999 && high - low < 25, scale + ": " + (high - low));
        assertTrue(low > -25 && high < 25, low + " to " + high);
        if (scale != Scale.MINMAX && scale != Scale.ROBUST) { // those are not about the mean
          double rounding = 1e-12 + Math.ulp(column.shift()) / column.divisor();
          assertEquals(0, Arrays.stream(scaled).average().getAsDouble(), rounding);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "COUNT", "MEAN"})
  void shouldScaleRealSignalsOfAnySize(Scale scale) {
    for (double unit : new double[] {1e-320, 1e-300, 1e-30, 1, 1e30, 1e300}) {
      for (boolean difference : new boolean[] {false, true}) {
        double[] levels = levels(t -> unit * (5 + Math.sin(t)));
        Scaling.Column column = fit(scale, levels, difference);
        assertFalse(column.isConstant(), unit + " " + difference);
        for (double value : values(scale, levels, difference)) {
          double scaled = column.normalize(value);
          assertTrue(Math.abs(scaled) < 2.5, unit + ": " + scaled);
          assertEquals(
              value, column.denormalize(scaled), 4 * Math.ulp(value) + column.divisor() * 1e-15);
        }
      }
    }
  }

  @Test
  void shouldBelieveWholeNumbers() {
    // A pulse counter, as large as a double can hold exactly: one pulse more or less is no
    // rounding.
    for (double start : new double[] {5e6, 1.2e7, 4e15, 0x1p53 - 1000}) {
      double[] counter = levels(t -> start + 2 * t + t % 2);
      assertFalse(fit(Scale.STANDARDIZE, counter, true).isConstant(), "" + start);
    }
    assertFalse(fit(Scale.MINMAX, levels(t -> 0x1p24 + 2 * (t % 2)), false).isConstant());
  }

  @Test
  void shouldTakeTheRoundingOf32BitsForConstant() {
    float[] clock = new float[STEPS];
    for (int t = 1; t < STEPS; t++) {
      clock[t] = clock[t - 1] + 0.1f;
    }
    for (Scale scale : List.of(Scale.STANDARDIZE, Scale.MINMAX)) {
      assertConstant(0.1, 1e-5, fit(scale, levels(t -> (float) (t * 0.1)), true));
      assertConstant(0.1, 1e-5, fit(scale, levels(t -> clock[t]), true));
      assertConstant(0.3, 1e-7, fit(scale, levels(t -> t % 2 == 0 ? 0.3f : 0.1f + 0.2f), false));
    }
    assertConstant(
        Math.log(1.01), 1e-6, fit(Scale.LOG, levels(t -> (float) Math.pow(1.01, t)), true));
  }

  @Test
  void shouldScaleSmallStepsOf32Bits() {
    // A walk along a meridian, noted in degrees of 32 bits: 0.3 to 1.7 m a second, a bit is 0.4 m.
    double[] walk = new double[STEPS];
    double position = 48.137154;
    for (int t = 0; t < STEPS; t++) {
      position += (1 + 0.7 * Math.sin(t / 9.0)) / 111_320;
      walk[t] = (float) position;
    }
    assertFalse(fit(Scale.STANDARDIZE, walk, true).isConstant());
    // The steps of 32 bits are not taken for rounding where one number has more.
    double[] mixed = levels(t -> 1 + t % 2 * (double) Math.ulp(1f));
    assertTrue(fit(Scale.STANDARDIZE, mixed, false).isConstant());
    mixed[7] = 1 + Math.ulp(1f) / 4.0;
    assertFalse(fit(Scale.STANDARDIZE, mixed, false).isConstant());
  }

  @Test
  void shouldNotHideSmallSignalsBehindAnotherSequencesLargeNumbers() {
    double[] stuck = levels(t -> 1e30);
    double[] small = levels(t -> 0.5 + 0.1 * Math.sin(t));
    Scaling.Column column = fit(Scale.STANDARDIZE, true, stuck, small);

    assertFalse(column.isConstant());
    assertTrue(column.divisor() < 0.1, column::toString);
  }

  @Test
  void shouldComeToOneConstantFromSequencesOfDifferentSize() {
    double[] early = levels(t -> t * 0.1);
    double[] late = levels(t -> 1e9 + t * 0.1);

    assertConstant(0.1, 1e-13, fit(Scale.STANDARDIZE, true, late, early)); // early tells it better
    assertFalse(
        fit(Scale.STANDARDIZE, true, late, levels(t -> t * 0.2)).isConstant(), "another step");
  }

  @Test
  void shouldLookAtTheTrainingPartsRowsOnly() {
    double[] levels = levels(t -> t < 300 ? t * 0.1 : 1e300);
    double[] training = Arrays.copyOf(values(Scale.MINMAX, levels, true), 299);
    Readings rows = new Readings("a", RowNumbers.of(levels), 300, training, training.length, true);

    assertConstant(0.1, Scaling.unfitted(List.of("x"), Scale.MINMAX).fit(List.of(rows)).column(0));
  }

  @Test
  void shouldFitEachColumnOfSeveral() {
    double[] levels =
        IntStream.range(0, 60).mapToDouble(i -> i % 3 == 1 ? i : 0.1 * (i % 3)).toArray();
    Readings rows = new Readings("a", RowNumbers.of(levels), 20, levels, levels.length, false);
    Scaling scaling =
        Scaling.unfitted(List.of("a", "b", "c"), Scale.STANDARDIZE).fit(List.of(rows));

    assertConstant(0, scaling.column(0));
    assertFalse(scaling.column(1).isConstant());
    assertConstant(0.2, scaling.column(2));
  }

  @Test
  void shouldFitToTheSequencesThatHaveValues() {
    assertConstant(7, fit(Scale.STANDARDIZE, false, new double[0], levels(t -> 7), new double[0]));
  }

  @Test
  void shouldLeaveColumnsAsTheyAreWhereNothingIsFitted() {
    assertEquals(new Scaling.Column("x", Scale.NONE, 0, 1), fit(Scale.NONE, levels(t -> 7), false));
  }

  private static void assertConstant(double value, Scaling.Column column) {
    assertConstant(value, 1e-12 * Math.abs(value) + Double.MIN_VALUE, column);
  }

  private static void assertConstant(double value, double tolerance, Scaling.Column column) {
    assertTrue(column.isConstant(), column::toString);
    assertEquals(value, column.shift(), tolerance);
    assertEquals(0, column.normalize(value + 1e9));
    assertEquals(column.shift(), column.denormalize(-3.5));
  }

  private static double transformed(Scale scale, double value) {
    return scale == Scale.LOG ? StrictMath.log(value) : value;
  }

  private static double[] levels(IntToDoubleFunction level) {
    return IntStream.range(0, STEPS).mapToDouble(level).toArray();
  }

  private static double[] values(Scale scale, double[] levels, boolean difference) {
    double[] values = Arrays.stream(levels).map(level -> transformed(scale, level)).toArray();
    return difference
        ? IntStream.range(1, values.length).mapToDouble(t -> values[t] - values[t - 1]).toArray()
        : values;
  }

  private static Scaling.Column fit(Scale scale, double[] levels, boolean difference) {
    return fit(scale, difference, levels);
  }

  private static Scaling.Column fit(Scale scale, boolean difference, double[]... sequences) {
    List<Readings> rows =
        Stream.of(sequences)
            .map(
                levels -> {
                  double[] values = values(scale, levels, difference);
                  return new Readings(
                      "a", RowNumbers.of(levels), levels.length, values, values.length, difference);
                })
            .toList();
    return Scaling.unfitted(List.of("x"), scale).fit(rows).column(0);
  }
}

package io.hindsight.kernels.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaLimitTest {
  private static final int LANES = 8;
  private static final int HIDDEN = 5;
  private static final int SIZE = HIDDEN * LANES;
  private static final int FROM = 16; // the panel lies within others

  private final double[] dh = new double[FROM + SIZE + LANES];
  private final DeltaLimit limit = new DeltaLimit();

  private void set(int lane, double... units) {
    for (int j = 0; j < HIDDEN; j++) {
      dh[FROM + j * LANES + lane] = units[j];
    }
  }

  private double[] lane(int lane) {
    double[] units = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      units[j] = dh[FROM + j * LANES + lane];
    }
    return units;
  }

  @Test
  void shouldScaleOnlyTheLanesWhoseNormIsLarger() {
    set(0, 3, 0, 4, 0, 0);
    set(1, 0.3, 0, 0.4, 0, 0);
    set(7, 0, 0, 0, 0, -2);
    limit.apply(0.5, dh, FROM, SIZE);
    assertArrayEquals(new double[] {0.1 * 3, 0, 0.1 * 4, 0, 0}, lane(0));
    assertArrayEquals(new double[] {0.3, 0, 0.4, 0, 0}, lane(1));
    assertArrayEquals(new double[HIDDEN], lane(2));
    assertArrayEquals(new double[] {0, 0, 0, 0, -0.5}, lane(7));
  }

  @Test
  void shouldLeaveOtherPanelsAlone() {
    java.util.Arrays.fill(dh, 9);
    limit.apply(1, dh, FROM, SIZE);
    for (int i = 0; i < dh.length; i++) {
      assertEquals(i < FROM || i >= FROM + SIZE, dh[i] == 9, "element " + i);
    }
  }

  @Test
  void shouldScaleWhatIsTooLargeToBeSquared() {
    set(3, 3e200, 0, 4e200, 0, 0);
    limit.apply(5, dh, FROM, SIZE);
    assertArrayEquals(new double[] {3, 0, 4, 0, 0}, lane(3), 1e-14);
  }

  @Test
  void shouldLeaveWhatIsNotFinite() {
    set(2, Double.NaN, 1, 1, 1, 1);
    set(4, 1e300, Double.NEGATIVE_INFINITY, 1, 1, 1);
    limit.apply(0.5, dh, FROM, SIZE);
    assertArrayEquals(new double[] {Double.NaN, 1, 1, 1, 1}, lane(2));
    assertArrayEquals(new double[] {1e300, Double.NEGATIVE_INFINITY, 1, 1, 1}, lane(4));
  }

  @Test
  void shouldMakeALanesBitsWhateverIsBesideIt() {
    double[] units = new Random(5).doubles(HIDDEN, -3, 3).toArray();
    set(0, units);
    limit.apply(0.1, dh, FROM, SIZE);
    double[] alone = lane(0);
    for (int lane = 0; lane < LANES; lane++) {
      set(lane, units);
    }
    limit.apply(0.1, dh, FROM, SIZE);
    for (int lane = 0; lane < LANES; lane++) {
      assertArrayEquals(alone, lane(lane));
    }
  }
}

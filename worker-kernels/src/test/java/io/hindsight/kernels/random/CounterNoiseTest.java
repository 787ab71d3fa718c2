package io.hindsight.kernels.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.random.Noise.Kind;
import io.hindsight.kernels.random.Noise.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterNoiseTest {
  private static final int ROWS = 4000;
  private static final Noise NOISE = new CounterNoise(7, 3, 16);
  private static final Site SITE = new Site(1, Kind.DROPOUT, 0.5, ROWS);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.9, 0.999})
  void shouldStrikeTheShareThatIsAskedFor(double rate) {
    byte[] struck = draw(NOISE, new Site(1, Kind.DROPOUT, rate, ROWS), 0, 5);
    for (int lane = 0; lane < 8; lane++) {
      int count = 0;
      for (byte unit : struck) {
        count += unit >> lane & 1;
      }
      double deviation = Math.sqrt(ROWS * rate * (1 - rate));
      assertEquals(rate * ROWS, count, 5 * deviation, "lane " + lane);
    }
  }

  /** A quarter of all units are struck in both of two draws of a half that know nothing of each. */
  @Test
  void shouldDrawAnewForEverythingThatItDependsOn() {
    byte[] first = draw(NOISE, SITE, 0, 5);
    List<byte[]> others =
        List.of(
            draw(new CounterNoise(8, 3, 16), SITE, 0, 5),
            draw(new CounterNoise(7, 4, 16), SITE, 0, 5),
            draw(new CounterNoise(7, 3, 17), SITE, 0, 5),
            draw(NOISE, new Site(2, Kind.DROPOUT, 0.5, ROWS), 0, 5),
            draw(NOISE, new Site(1, Kind.RECURRENT, 0.5, ROWS), 0, 5),
            draw(NOISE, SITE, 1, 5),
            draw(NOISE, SITE, 0, 6));
    double deviation = Math.sqrt(8 * ROWS * 0.25 * 0.75);
    for (byte[] other : others) {
      int both = 0;
      for (int unit = 0; unit < ROWS; unit++) {
        both += Integer.bitCount(first[unit] & other[unit] & 0xFF);
      }
      assertEquals(8 * ROWS * 0.25, both, 5 * deviation, "draw " + others.indexOf(other));
    }
  }

  @Test
  void shouldDrawALaneOfTheMinibatchWhereverItsBlockIs() {
    byte[] whole = draw(new CounterNoise(7, 3, 0), SITE, 2, 5);
    assertArrayEquals(whole, draw(NOISE, SITE, 0, 5));
    assertArrayEquals(whole, draw(new CounterNoise(7, 3, 8), SITE, 1, 5));
  }

  @Test
  void shouldHaveNothingToDrawInEvaluation() {
    assertThrows(IllegalStateException.class, () -> draw(Noise.NONE, SITE, 0, 0));
  }

  private static byte[] draw(Noise noise, Site site, int block, int step) {
    byte[] struck = new byte[site.rows()];
    noise.draw(site, block, step, VectorOps.REFERENCE.gates(), struck, 0);
    return struck;
  }
}

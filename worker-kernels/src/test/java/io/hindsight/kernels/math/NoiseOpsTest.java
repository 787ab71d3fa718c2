package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.panel.Lanes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the JDK's own SplitMix64, to the bit, at awkward sizes. */
class NoiseOpsTest {
  private static final long STREAM = 0x1234_5678_9ABC_DEF0L;
  private static final int BEFORE = 3;

  static List<VectorOps> implementations() {
    return List.of(VectorOps.REFERENCE, OpsProvider.get());
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shouldStrikeByThePairsOfTheStreamOfEachLane(VectorOps ops) {
    for (int units : new int[] {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 128}) {
      for (long lane : new long[] {0, 8, (1L << 32) - 8}) {
        for (long number : new long[] {0, 1, 64, 1L << 33}) {
          for (long below : new long[] {0, 1L << 29, 1L << 31, 3L << 30, 1L << 32}) {
            check(ops.gates(), lane, number, units, below);
          }
        }
      }
    }
  }

  private static void check(GateOps ops, long lane, long number, int units, long below) {
    byte[] expected = new byte[units + 2 * BEFORE];
    Arrays.fill(expected, (byte) 0x5A);
    byte[] struck = expected.clone();
    for (int unit = 0; unit < units; unit++) {
      int lanes = 0;
      for (int l = 0; l < Lanes.LANES; l++) {
        long bits = bits(key(STREAM, lane + l), number + unit / 2);
        long half = unit % 2 == 0 ? bits >>> 32 : bits & 0xFFFF_FFFFL;
        lanes |= half < below ? 1 << l : 0;
      }
      expected[BEFORE + unit] = (byte) lanes;
    }
    ops.strike(STREAM, lane, number, units, below, struck, BEFORE);
    assertArrayEquals(expected, struck, units + " units");
  }

  private static long key(long key, long part) {
    return bits(key + SplitMix.GAMMA ^ bits(part, 0), -1);
  }

  /** What the JDK draws from a seed, after so many numbers. */
  private static long bits(long seed, long number) {
    return new SplittableRandom(seed + number * SplitMix.GAMMA).nextLong();
  }
}

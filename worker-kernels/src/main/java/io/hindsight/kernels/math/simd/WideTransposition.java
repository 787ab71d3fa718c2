package io.hindsight.kernels.math.simd;

import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes blocks of 8 by 8 in registers, for vectors of 8 lanes: rows 4, then 2, then 1 apart
 * exchange halves.
 *
 * <p>Elements move as longs. A blend of longs by bits is one instruction where a blend by mask is
 * two, and the bounds check of a rearrangement, which reads a zero vector from the heap, stays out
 * of the loop only where the loop writes no array of the same type. Everything stands in one method
 * because a vector that crosses the border of a method may be allocated.
 */
final class WideTransposition {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final VectorSpecies<Long> BITS = VectorSpecies.of(long.class, S.vectorShape());
  private static final VectorShuffle<Long> SWAP_4 = VectorShuffle.fromOp(BITS, lane -> lane ^ 4);
  private static final VectorShuffle<Long> SWAP_2 = VectorShuffle.fromOp(BITS, lane -> lane ^ 2);
  private static final VectorShuffle<Long> SWAP_1 = VectorShuffle.fromOp(BITS, lane -> lane ^ 1);
  private static final LongVector ODD_4 =
      LongVector.fromArray(BITS, new long[] {0, 0, 0, 0, -1, -1, -1, -1}, 0);
  private static final LongVector ODD_2 =
      LongVector.fromArray(BITS, new long[] {0, 0, -1, -1, 0, 0, -1, -1}, 0);
  private static final LongVector ODD_1 =
      LongVector.fromArray(BITS, new long[] {0, -1, 0, -1, 0, -1, 0, -1}, 0);

  private WideTransposition() {}

  /** As {@link Transposition#blocks}. */
  static void blocks(int count, double[] s, int sFrom, double[] t, int tFrom, int tStep) {
    for (int block = 0; block < count; block++) {
      int si = sFrom + (block << 6);
      int ti = tFrom + block * tStep;
      LongVector a0 = DoubleVector.fromArray(S, s, si).reinterpretAsLongs();
      LongVector a1 = DoubleVector.fromArray(S, s, si + 8).reinterpretAsLongs();
      LongVector a2 = DoubleVector.fromArray(S, s, si + 16).reinterpretAsLongs();
      LongVector a3 = DoubleVector.fromArray(S, s, si + 24).reinterpretAsLongs();
      LongVector a4 = DoubleVector.fromArray(S, s, si + 32).reinterpretAsLongs();
      LongVector a5 = DoubleVector.fromArray(S, s, si + 40).reinterpretAsLongs();
      LongVector a6 = DoubleVector.fromArray(S, s, si + 48).reinterpretAsLongs();
      LongVector a7 = DoubleVector.fromArray(S, s, si + 56).reinterpretAsLongs();
      LongVector b0 = a0.lanewise(BITWISE_BLEND, a4.rearrange(SWAP_4), ODD_4);
      LongVector b4 = a0.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a4, ODD_4);
      LongVector b1 = a1.lanewise(BITWISE_BLEND, a5.rearrange(SWAP_4), ODD_4);
      LongVector b5 = a1.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a5, ODD_4);
      LongVector b2 = a2.lanewise(BITWISE_BLEND, a6.rearrange(SWAP_4), ODD_4);
      LongVector b6 = a2.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a6, ODD_4);
      LongVector b3 = a3.lanewise(BITWISE_BLEND, a7.rearrange(SWAP_4), ODD_4);
      LongVector b7 = a3.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a7, ODD_4);
      LongVector c0 = b0.lanewise(BITWISE_BLEND, b2.rearrange(SWAP_2), ODD_2);
      LongVector c2 = b0.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b2, ODD_2);
      LongVector c1 = b1.lanewise(BITWISE_BLEND, b3.rearrange(SWAP_2), ODD_2);
      LongVector c3 = b1.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b3, ODD_2);
      LongVector c4 = b4.lanewise(BITWISE_BLEND, b6.rearrange(SWAP_2), ODD_2);
      LongVector c6 = b4.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b6, ODD_2);
      LongVector c5 = b5.lanewise(BITWISE_BLEND, b7.rearrange(SWAP_2), ODD_2);
      LongVector c7 = b5.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b7, ODD_2);
      LongVector d0 = c0.lanewise(BITWISE_BLEND, c1.rearrange(SWAP_1), ODD_1);
      LongVector d1 = c0.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c1, ODD_1);
      LongVector d2 = c2.lanewise(BITWISE_BLEND, c3.rearrange(SWAP_1), ODD_1);
      LongVector d3 = c2.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c3, ODD_1);
      LongVector d4 = c4.lanewise(BITWISE_BLEND, c5.rearrange(SWAP_1), ODD_1);
      LongVector d5 = c4.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c5, ODD_1);
      LongVector d6 = c6.lanewise(BITWISE_BLEND, c7.rearrange(SWAP_1), ODD_1);
      LongVector d7 = c6.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c7, ODD_1);
      d0.reinterpretAsDoubles().intoArray(t, ti);
      d1.reinterpretAsDoubles().intoArray(t, ti + 8);
      d2.reinterpretAsDoubles().intoArray(t, ti + 16);
      d3.reinterpretAsDoubles().intoArray(t, ti + 24);
      d4.reinterpretAsDoubles().intoArray(t, ti + 32);
      d5.reinterpretAsDoubles().intoArray(t, ti + 40);
      d6.reinterpretAsDoubles().intoArray(t, ti + 48);
      d7.reinterpretAsDoubles().intoArray(t, ti + 56);
    }
  }

  /** As {@link Transposition#gather}. */
  static void gather(int count, double[][] sources, int[] from, double[] t, int tFrom) {
    double[] s0 = sources[0];
    double[] s1 = sources[1];
    double[] s2 = sources[2];
    double[] s3 = sources[3];
    double[] s4 = sources[4];
    double[] s5 = sources[5];
    double[] s6 = sources[6];
    double[] s7 = sources[7];
    int f0 = from[0];
    int f1 = from[1];
    int f2 = from[2];
    int f3 = from[3];
    int f4 = from[4];
    int f5 = from[5];
    int f6 = from[6];
    int f7 = from[7];
    for (int block = 0; block < count; block++) {
      int ti = tFrom + (block << 6);
      LongVector a0 = DoubleVector.fromArray(S, s0, f0 + (block << 3)).reinterpretAsLongs();
      LongVector a1 = DoubleVector.fromArray(S, s1, f1 + (block << 3)).reinterpretAsLongs();
      LongVector a2 = DoubleVector.fromArray(S, s2, f2 + (block << 3)).reinterpretAsLongs();
      LongVector a3 = DoubleVector.fromArray(S, s3, f3 + (block << 3)).reinterpretAsLongs();
      LongVector a4 = DoubleVector.fromArray(S, s4, f4 + (block << 3)).reinterpretAsLongs();
      LongVector a5 = DoubleVector.fromArray(S, s5, f5 + (block << 3)).reinterpretAsLongs();
      LongVector a6 = DoubleVector.fromArray(S, s6, f6 + (block << 3)).reinterpretAsLongs();
      LongVector a7 = DoubleVector.fromArray(S, s7, f7 + (block << 3)).reinterpretAsLongs();
      LongVector b0 = a0.lanewise(BITWISE_BLEND, a4.rearrange(SWAP_4), ODD_4);
      LongVector b4 = a0.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a4, ODD_4);
      LongVector b1 = a1.lanewise(BITWISE_BLEND, a5.rearrange(SWAP_4), ODD_4);
      LongVector b5 = a1.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a5, ODD_4);
      LongVector b2 = a2.lanewise(BITWISE_BLEND, a6.rearrange(SWAP_4), ODD_4);
      LongVector b6 = a2.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a6, ODD_4);
      LongVector b3 = a3.lanewise(BITWISE_BLEND, a7.rearrange(SWAP_4), ODD_4);
      LongVector b7 = a3.rearrange(SWAP_4).lanewise(BITWISE_BLEND, a7, ODD_4);
      LongVector c0 = b0.lanewise(BITWISE_BLEND, b2.rearrange(SWAP_2), ODD_2);
      LongVector c2 = b0.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b2, ODD_2);
      LongVector c1 = b1.lanewise(BITWISE_BLEND, b3.rearrange(SWAP_2), ODD_2);
      LongVector c3 = b1.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b3, ODD_2);
      LongVector c4 = b4.lanewise(BITWISE_BLEND, b6.rearrange(SWAP_2), ODD_2);
      LongVector c6 = b4.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b6, ODD_2);
      LongVector c5 = b5.lanewise(BITWISE_BLEND, b7.rearrange(SWAP_2), ODD_2);
      LongVector c7 = b5.rearrange(SWAP_2).lanewise(BITWISE_BLEND, b7, ODD_2);
      LongVector d0 = c0.lanewise(BITWISE_BLEND, c1.rearrange(SWAP_1), ODD_1);
      LongVector d1 = c0.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c1, ODD_1);
      LongVector d2 = c2.lanewise(BITWISE_BLEND, c3.rearrange(SWAP_1), ODD_1);
      LongVector d3 = c2.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c3, ODD_1);
      LongVector d4 = c4.lanewise(BITWISE_BLEND, c5.rearrange(SWAP_1), ODD_1);
      LongVector d5 = c4.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c5, ODD_1);
      LongVector d6 = c6.lanewise(BITWISE_BLEND, c7.rearrange(SWAP_1), ODD_1);
      LongVector d7 = c6.rearrange(SWAP_1).lanewise(BITWISE_BLEND, c7, ODD_1);
      d0.reinterpretAsDoubles().intoArray(t, ti);
      d1.reinterpretAsDoubles().intoArray(t, ti + 8);
      d2.reinterpretAsDoubles().intoArray(t, ti + 16);
      d3.reinterpretAsDoubles().intoArray(t, ti + 24);
      d4.reinterpretAsDoubles().intoArray(t, ti + 32);
      d5.reinterpretAsDoubles().intoArray(t, ti + 40);
      d6.reinterpretAsDoubles().intoArray(t, ti + 48);
      d7.reinterpretAsDoubles().intoArray(t, ti + 56);
    }
  }
}

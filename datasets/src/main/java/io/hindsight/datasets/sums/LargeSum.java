package io.hindsight.datasets.sums;

/**
 * Adds many numbers to an {@link ExactSum}, about twice as fast: after the large superaccumulator
 * of R. Neal, "Fast exact summation using small and large superaccumulators" (2015,
 * arXiv:1505.05571).
 *
 * <p>There is a slot for each sign and exponent, to which significands are added as they are. They
 * have 53 bits, so a slot holds at least 2^10 of them; it is emptied into the exact sum when its
 * highest bit is reached. Nothing is counted.
 *
 * <pre>
 *   Σx  =  ± slot · 2^position
 * </pre>
 *
 * <p>It takes 70 kB, so it is to be thrown away once its sum is read.
 */
public final class LargeSum {
  // Slots by key are there twice, for every other number: an addition need not wait for the last.
  private final long[] slots = new long[2 * Parts.KEYS];
  private final ExactSum sum = new ExactSum();

  /** Adds {@code values[first]}, {@code values[first + stride]} and so on. */
  public void add(double[] values, int first, int stride) {
    Blocks.forEach(values, first, stride, values.length, this::deposit);
  }

  private void deposit(double[] numbers, int from, int to) {
    for (int next = from; next < to; ) {
      next = depositUntilFull(numbers, next, to);
      int slot = slot(Double.doubleToRawLongBits(numbers[next - 1]), next - 1);
      if (isFull(slot)) {
        empty(slot);
      }
    }
  }

  /** Nothing but additions, until a slot is full: of the last number before what is returned. */
  private int depositUntilFull(double[] numbers, int from, int to) {
    long[] slots = this.slots;
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(numbers[i]);
      int slot = slot(bits, i);
      slots[slot] += Parts.significand(bits);
      if (slots[slot] < 0) {
        return i + 1;
      }
    }
    return to;
  }

  private boolean isFull(int slot) {
    return slots[slot] < 0;
  }

  private static int slot(long bits, int i) {
    return Parts.key(bits) + (i & 1) * Parts.KEYS;
  }

  /**
   * The sum of all that was added so far.
   *
   * @throws IllegalArgumentException if one of them is infinite or not a number; there is no sum,
   *     and many of those are refused where they are added
   */
  public ExactSum sum() {
    for (int slot = 0; slot < slots.length; slot++) {
      empty(slot);
    }
    return new ExactSum().merge(sum);
  }

  private void empty(int slot) {
    if (slots[slot] != 0) {
      addTo(sum, slot % Parts.KEYS, slots[slot]);
      slots[slot] = 0;
    }
  }

  /**
   * Adds Σx of a slot.
   *
   * @param key sign and exponent
   * @param significands their sum, of 64 bits without a sign
   */
  static void addTo(ExactSum sum, int key, long significands) {
    int exponent = key % Parts.EXPONENTS;
    Parts.requireFinite(exponent);
    int sign = key < Parts.EXPONENTS ? 1 : -1;
    sum.chunks().addUnsigned(significands, Parts.position(exponent), sign);
  }
}

package io.hindsight.kernels.panel;

import java.util.Arrays;

/**
 * Memory for panels, which begin where a cache line does.
 *
 * <p>A vector of eight numbers is as long as a cache line; one that begins in the middle of a line
 * is read and written as two. The numbers of a Java array begin 16 bytes after the array does, and
 * the collector G1 lays an array of half a region or more at the start of one, where it stays: so a
 * line begins at index 6 and at every eighth index from there. What is smaller therefore shares an
 * array of that size. With another collector a line begins anywhere: nothing is gained, and nothing
 * lost.
 */
public final class AlignedMemory {
  private static final int FIRST = 6;
  private static final long MEBIBYTE = 1 << 20;
  private static final long REGIONS = 2048; // that G1 aims at
  private static final long LARGEST_REGION = 32 * MEBIBYTE; // that it chooses by itself

  private final int least;
  private double[] shared = {}; // by what is smaller
  private int end; // of what is in use of it
  private long bytes;

  /**
   * Nothing yet.
   *
   * @param least doubles of an array: 0 where it does not matter where panels begin
   */
  public AlignedMemory(int least) {
    this.least = least;
  }

  /** The least length of an array that G1 lays at the start of a region, in this JVM. */
  public static int leastAligned() {
    long region = MEBIBYTE;
    while (region < LARGEST_REGION && region * REGIONS < Runtime.getRuntime().maxMemory()) {
      region *= 2;
    }
    return (int) (region / 2 / Double.BYTES);
  }

  /**
   * New panels of zeros.
   *
   * @param count so many
   * @param rows of each: (rows, 8)
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  public PanelView panels(int count, int rows) {
    int stride = Math.multiplyExact(rows, Lanes.LANES);
    int length = Math.multiplyExact(count, stride);
    int own = Math.addExact(FIRST, length);
    if (own >= least) {
      bytes += (long) Double.BYTES * own;
      return new PanelView(new double[own], FIRST, stride);
    }
    if (shared.length - end < length) {
      shared = new double[least];
      end = FIRST;
    }
    bytes += (long) Double.BYTES * length;
    PanelView panels = new PanelView(shared, end, stride);
    end += length;
    return panels;
  }

  /**
   * Takes all panels back, which nothing may use any more. The array that small ones share stays,
   * and holds zeros again: where shapes change from step to step it is not made anew.
   */
  public void clear() {
    Arrays.fill(shared, 0, end, 0);
    end = Math.min(FIRST, shared.length);
    bytes = 0;
  }

  /** Bytes of all panels; what no panel has taken of a shared array is not among them. */
  public long bytes() {
    return bytes;
  }
}

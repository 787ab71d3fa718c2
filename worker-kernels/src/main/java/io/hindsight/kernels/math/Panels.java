package io.hindsight.kernels.math;

/**
 * Which pieces of an activation an operation runs over: panel p of an array starts at {@code from +
 * p·stride} and is {@code (rows, 8)}, row r of lane l at {@code r·8 + l}.
 *
 * <p>A panel is one lane block at one step; its number is {@code t·NB + block}, so one list serves
 * every array of a layer. Reused without allocation.
 */
public final class Panels {
  private final int[] numbers;
  private int count;

  /** An empty list for up to {@code capacity} panels. */
  public Panels(int capacity) {
    numbers = new int[capacity];
  }

  /** Forgets all panels and returns this. */
  public Panels clear() {
    count = 0;
    return this;
  }

  /** Appends a panel. */
  public void add(int panel) {
    numbers[count++] = panel;
  }

  /** Panels in the list. */
  public int count() {
    return count;
  }

  /** The number of the i-th panel. */
  public int get(int i) {
    return numbers[i];
  }

  /** Panels that fit. */
  public int capacity() {
    return numbers.length;
  }
}

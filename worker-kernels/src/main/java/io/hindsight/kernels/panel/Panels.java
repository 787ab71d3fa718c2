package io.hindsight.kernels.panel;

/**
 * Which pieces of an activation an operation runs over: panel p of an array starts at {@code from +
 * p·stride} and is {@code (rows, 8)}, row r of lane l at {@code r·8 + l}.
 *
 * <p>A panel is one lane block at one step; its number is {@code t·NB + block}, so one list serves
 * every array of a layer. Only its first lanes need be computed: what an operation does to the
 * others is not defined, except that it never reaches the first ones. Reused without allocation.
 */
public final class Panels {
  private static final int LANES = Lanes.LANES;

  private final int[] numbers;
  private final byte[] lanes;
  private int count;

  /** An empty list for up to {@code capacity} panels. */
  public Panels(int capacity) {
    numbers = new int[capacity];
    lanes = new byte[capacity];
  }

  /** Forgets all panels and returns this. */
  public Panels clear() {
    count = 0;
    return this;
  }

  /** Appends a panel with all its lanes. */
  public void add(int panel) {
    add(panel, LANES);
  }

  /**
   * Appends a panel.
   *
   * @param firstLanes how many of its lanes, from the first, are needed: 1 to 8
   */
  public void add(int panel, int firstLanes) {
    numbers[count] = panel;
    lanes[count] = (byte) firstLanes;
    count++;
  }

  /** Panels in the list. */
  public int count() {
    return count;
  }

  /** The number of the i-th panel. */
  public int get(int i) {
    return numbers[i];
  }

  /** Lanes needed of the i-th panel. */
  public int lanes(int i) {
    return lanes[i];
  }

  /** Lanes needed of {@code panels} panels together. */
  public int lanes(int first, int panels) {
    int sum = 0;
    for (int i = first; i < first + panels; i++) {
      sum += lanes[i];
    }
    return sum;
  }

  /** Panels that fit. */
  public int capacity() {
    return numbers.length;
  }
}

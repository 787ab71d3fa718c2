package io.hindsight.kernels.panel;

/**
 * Where the panels of an activation lie in an array: panel p is {@code (rows, 8)} from {@code from
 * + p·stride} on, so it may be some rows of a wider activation.
 */
public final class PanelView {
  private final double[] array;
  private final int from;
  private final int stride;

  /** Panels in a live array. */
  public PanelView(double[] array, int from, int stride) {
    this.array = array;
    this.from = from;
    this.stride = stride;
  }

  /** The same panels without their first rows. */
  public PanelView fromRow(int row) {
    return new PanelView(array, from + row * Lanes.LANES, stride);
  }

  /** The same panels, the one given now being panel 0; those before it have negative numbers. */
  public PanelView fromPanel(int panel) {
    return new PanelView(array, at(panel), stride);
  }

  /** The live array. */
  public double[] array() {
    return array;
  }

  /** Where panel 0 starts. */
  public int from() {
    return from;
  }

  /** Elements from a panel to the next. */
  public int stride() {
    return stride;
  }

  /** Where a panel starts. */
  public int at(int panel) {
    return from + panel * stride;
  }
}

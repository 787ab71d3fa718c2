package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;

/**
 * One of two numbers for each lane of the units of panels: that of a unit which noise strikes in
 * the lane, or that of the others. {@link GateOps} multiplies by them.
 */
public final class UnitFactors {
  private static final int LANES = Lanes.LANES;
  private static final int MASKS = 1 << LANES;

  private final int units;
  private final double whenStruck;
  private final double other;
  private PanelView ofMask; // of each byte of lanes: (1, 8); null until there is room
  private byte[] struck = {}; // (panels, units): bit l of a unit's byte is lane l

  /**
   * The two numbers.
   *
   * @param units of a panel
   * @param whenStruck the number of a unit that is struck
   * @param other the number of any other
   */
  public UnitFactors(int units, double whenStruck, double other) {
    this.units = units;
    this.whenStruck = whenStruck;
    this.other = other;
  }

  /**
   * Makes room for so many panels, of which no unit is struck at first.
   *
   * @param memory for the numbers of each byte
   */
  public void reserve(int panels, AlignedMemory memory) {
    struck = new byte[Math.multiplyExact(panels, units)];
    ofMask = memory.panels(MASKS, 1);
    for (int mask = 0; mask < MASKS; mask++) {
      for (int lane = 0; lane < LANES; lane++) {
        ofMask.array()[ofMask.at(mask) + lane] = (mask >> lane & 1) == 1 ? whenStruck : other;
      }
    }
  }

  /** Units of a panel. */
  public int units() {
    return units;
  }

  /** The live bytes of the units: bit l is lane l // (panels, units). */
  public byte[] struck() {
    return struck;
  }

  /** Where a panel begins in {@link #struck}. */
  public int at(int panel) {
    return panel * units;
  }

  /** Where the eight numbers of a unit begin in {@link #table}. */
  public int row(int unit) {
    return ofMask.at(struck[unit] & 0xFF);
  }

  /** The live numbers of each byte of lanes, from {@link #row}. */
  public double[] table() {
    return ofMask.array();
  }

  /** Bytes held that grow with the number of panels. */
  public long bytes() {
    return struck.length;
  }
}

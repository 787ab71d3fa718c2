package io.hindsight.driver.step;

import io.hindsight.kernels.batch.SequenceBatch;
import java.io.Serializable;

/**
 * A parameter vector cut into pieces that are summed apart. Each parameter is summed in the same
 * tree wherever it is, so neither number nor places of the cuts change the result. The rows of
 * tables that occur go with the last slice.
 *
 * @param parameters D, those of tables left out
 * @param count number of slices
 */
public record ParameterSlices(int parameters, int count) implements Serializable {
  /** Cuts are multiples of this, so that vectors do not straddle them. */
  private static final int UNIT = SequenceBatch.LANES;

  /**
   * Slices of nearly equal length, none of them empty.
   *
   * @param wished there are never more than D / 8, rounded up
   */
  public static ParameterSlices of(int parameters, int wished) {
    return new ParameterSlices(parameters, Math.max(1, Math.min(wished, units(parameters))));
  }

  private static int units(int parameters) {
    return (parameters + UNIT - 1) / UNIT;
  }

  /** Whether the rows of tables belong to a slice. */
  public boolean hasRows(int slice) {
    return slice == count - 1;
  }

  /** The first parameter of a slice. */
  public int from(int slice) {
    return (int) ((long) slice * units(parameters) / count) * UNIT;
  }

  /** The parameter after a slice's last. */
  public int end(int slice) {
    return Math.min(parameters, from(slice + 1));
  }

  /** Parameters of a slice. */
  public int length(int slice) {
    return end(slice) - from(slice);
  }
}

package io.hindsight.driver.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a measured layer.
 *
 * @param inputs I: features per step
 * @param hidden H: hidden units
 * @param batch B: sequences
 * @param steps T: steps of each sequence
 */
public record BenchShape(int inputs, int hidden, int batch, int steps) {
  /** What is measured unless shapes are given: a large, a middling and a small layer. */
  public static final List<BenchShape> DEFAULTS =
      List.of(
          new BenchShape(128, 256, 64, 64),
          new BenchShape(64, 128, 32, 100),
          new BenchShape(32, 32, 64, 50));

  /** Four gates at most, and the lanes of a block that stay empty. */
  private static final long LARGEST_ARRAY = 1L << 31;

  private static final int PARTS = 4;

  /**
   * Checks that the layer can be computed.
   *
   * @throws IllegalArgumentException if a number is below 1, or an array would have 2^31 elements
   */
  public BenchShape {
    if (Math.min(Math.min(inputs, hidden), Math.min(batch, steps)) < 1) {
      throw new IllegalArgumentException(
          "each of I,H,B,T must be 1 or more, but they are "
              + text(inputs, hidden, batch, steps)
              + "; try 64,128,32,100");
    }
    double rows = Math.max((double) inputs + hidden, 4.0 * hidden);
    double activations = (steps + 1.0) * (batch + 7.0) * rows;
    double weights = 4.0 * hidden * ((double) inputs + hidden + 2) + hidden + 1;
    double data = (double) steps * inputs;
    if (Math.max(Math.max(activations, weights), data) >= LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "an array has fewer than 2^31 elements, which is too few for I,H,B,T = "
              + text(inputs, hidden, batch, steps)
              + "; lower B or T, or I and H");
    }
  }

  /**
   * Reads {@code I,H,B,T}.
   *
   * @throws IllegalArgumentException if the text is no shape
   */
  public static BenchShape parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "a shape is four numbers I,H,B,T (inputs, hidden units, batch, steps), but is '"
              + text
              + "'; try 64,128,32,100");
    }
    return new BenchShape(
        number(parts[0], text),
        number(parts[1], text),
        number(parts[2], text),
        number(parts[3], text));
  }

  private static int number(String part, String text) {
    try {
      return Integer.parseInt(part.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a shape is four whole numbers I,H,B,T, but '%s' of '%s' is none; try 64,128,32,100"
              .formatted(part, text),
          e);
    }
  }

  /** I, H, B and T. */
  public int[] values() {
    return new int[] {inputs, hidden, batch, steps};
  }

  /** As it is written on the command line: {@code I,H,B,T}. */
  @Override
  public String toString() {
    return text(values());
  }

  private static String text(int... values) {
    return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}

package io.hindsight.datasets;

/**
 * Whole numbers as texts of one width, whose order is that of the numbers.
 *
 * <p>Sequences have such numbers in their ids by the ten thousand, before the first step. {@link
 * java.util.Formatter} would keep the compiler of the running Java busy for longer than it takes to
 * make them, on a core that training wants.
 */
public final class FixedWidth {
  private FixedWidth() {}

  /**
   * A number with zeros before it.
   *
   * @param number 0 or more
   * @param digits width; a longer number is not cut
   */
  public static String of(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}

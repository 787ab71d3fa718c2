package io.hindsight.datasets;

import java.util.Locale;

/** Numbers of things, as people write them: {@code 1 step}, {@code 1,100 steps}. */
public final class Count {
  private Count() {}

  /**
   * A number and its noun.
   *
   * @param noun one of them, whose plural ends in an s
   */
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}

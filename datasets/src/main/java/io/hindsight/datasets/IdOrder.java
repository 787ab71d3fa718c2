package io.hindsight.datasets;

import java.util.Comparator;

/**
 * The order of sequence ids, from which their rank follows and with it their slot, shard and part:
 * by their unsigned UTF-8 bytes, as Spark sorts its own strings. It is the order of code points;
 * Java's order of strings puts characters beyond U+FFFF before those from U+E000 on.
 */
public final class IdOrder implements Comparator<String> {
  /** The order. */
  public static final IdOrder UTF_8 = new IdOrder();

  private IdOrder() {}

  @Override
  public int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean oneIsPaired = Character.isSurrogate(a) != Character.isSurrogate(b);
        return oneIsPaired ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}

package io.hindsight.datasets.windows;

import io.hindsight.datasets.IdOrder;
import io.hindsight.kernels.batch.Window;
import java.util.Comparator;

/**
 * The order of windows, from which their rank follows and with it slot and shard: that of their
 * {@linkplain Window#id ids} as texts, by {@link IdOrder}.
 *
 * <p>Nearly always that is the order of the sequences' ids, and of the starts within a sequence.
 * Where one id begins with the other it need not be: {@code a!@…} is before {@code a@…}, though
 * {@code a} is before {@code a!}. Only there the texts are made.
 */
public final class WindowOrder implements Comparator<Window> {
  /** The order. */
  public static final WindowOrder BY_ID = new WindowOrder();

  private WindowOrder() {}

  @Override
  public int compare(Window left, Window right) {
    String a = left.sequence().id();
    String b = right.sequence().id();
    if (left.cut() && right.cut() && a.equals(b)) {
      return Integer.compare(left.start(), right.start());
    }
    boolean oneBeginsWithOther = a.startsWith(b) || b.startsWith(a);
    return oneBeginsWithOther
        ? IdOrder.UTF_8.compare(left.id(), right.id())
        : IdOrder.UTF_8.compare(a, b);
  }
}

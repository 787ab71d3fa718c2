package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Window;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Windows in a fixed order, whose lengths are known without reading them, and of which some steps
 * can be read without the others.
 *
 * <p>It cannot be changed. Reading is safe from several threads at once.
 */
public abstract class WindowList extends AbstractList<Window> implements RandomAccess {
  /** For subclasses. */
  protected WindowList() {}

  /** Windows at hand, in this order. */
  public static WindowList of(List<Window> windows) {
    return windows instanceof WindowList list ? list : new ListedWindows(List.copyOf(windows));
  }

  /**
   * These windows in the {@linkplain WindowOrder order of their ids}, from which their rank
   * follows.
   *
   * @throws IllegalArgumentException if there are two equal ids
   */
  public abstract WindowList ranked();

  /** Whether the heap of this process holds their sequences. */
  public abstract boolean isHeld();

  /** The files that everybody can read the windows from; absent if there are none. */
  public Optional<SharedFiles> shared() {
    return Optional.empty();
  }

  /**
   * Where a window is in those files.
   *
   * @throws UnsupportedOperationException if there are none
   */
  public StoredSteps stored(int index) {
    throw new UnsupportedOperationException("these windows are in no shared files");
  }

  /** T: steps of a window. */
  public abstract int steps(int index);

  /**
   * Some of a window's steps.
   *
   * @param from first of its own steps
   * @param to step after the last one
   */
  public abstract Window part(int index, int from, int to);

  /** The error for two windows of one id. */
  static IllegalArgumentException twins(String id) {
    return new IllegalArgumentException("two sequences have the id " + id);
  }
}

package io.hindsight.driver.shard;

/**
 * How sequences are taken piece by piece with the state carried: truncated back-propagation.
 *
 * <p>Window i of a sequence is there for the steps [i·k1, (i+1)·k1), which are new in it and which
 * alone are scored. It begins k2 − k1 steps before them, or where the sequence begins, so that
 * their gradients flow back through k2 steps; the steps before them are computed again, from the
 * state that was stored at the window's beginning. A state is stored once, by the window in which
 * its step was new. So, with d = ⌊k2/k1⌋, window i hands on the state after step (i+1)·k1 − (k2 mod
 * k1), and window i + d begins with it. With k1 = k2 each window begins where the one before it
 * ended.
 *
 * @param window steps of a window, k2
 * @param stride new steps of each window, k1, from 1 to k2
 */
public record CarriedWindows(int window, int stride) {
  /** Windows that no sequence fills: whole sequences. */
  public static final CarriedWindows WHOLE = following(Integer.MAX_VALUE);

  public CarriedWindows {
    if (stride < 1 || stride > window) {
      throw new IllegalArgumentException(
          "windows of %d steps cannot have %d new ones each".formatted(window, stride));
    }
  }

  /** Windows of so many steps, each of which begins where the one before it ended. */
  public static CarriedWindows following(int steps) {
    return new CarriedWindows(steps, steps);
  }

  /** d: after how many updates the state is used that a window hands on. */
  public int distance() {
    return window / stride;
  }

  /** Windows of a sequence of some steps. */
  int count(int length) {
    return (length - 1) / stride + 1;
  }

  /** The first step of a sequence that is new in window i. */
  int firstNew(int i) {
    return i * stride;
  }

  /** The first step of window i. */
  int start(int i) {
    return (int) Math.max(0, (i + 1L) * stride - window);
  }

  /** The step after the last of window i of a sequence of some steps. */
  int end(int i, int length) {
    return (int) Math.min(length, (i + 1L) * stride);
  }

  /** The step before which window i hands on the state, within a sequence of some steps. */
  int handsOnBefore(int i, int length) {
    return (int) Math.min(length, (i + 1L) * stride - window % stride);
  }
}

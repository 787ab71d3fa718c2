package io.hindsight.kernels.batch;

/**
 * The target of a window as one string: the classes of its steps that have one, from the first that
 * is scored on, in the order of the steps. Which step a class stands at has no meaning.
 */
public final class LabelString {
  private LabelString() {}

  /** U: how many classes the string has; may be 0. */
  public static int length(Window window) {
    int length = 0;
    for (int t = window.scoredFrom(); t < window.steps(); t++) {
      length += window.isScored(t) ? 1 : 0;
    }
    return length;
  }

  /**
   * Copies the string.
   *
   * @param into (U), or longer
   */
  public static void copy(Window window, int[] into) {
    int u = 0;
    for (int t = window.scoredFrom(); t < window.steps(); t++) {
      if (window.isScored(t)) {
        into[u++] = window.sequence().classes()[window.start() + t];
      }
    }
  }

  /** The string, a copy // (U). */
  public static int[] of(Window window) {
    int[] string = new int[length(window)];
    copy(window, string);
    return string;
  }

  /** Steps that a path needs for the string: one of each class, and one between equal ones. */
  public static int stepsNeeded(Window window) {
    int needed = 0;
    int before = Sequence.NO_CLASS;
    for (int t = window.scoredFrom(); t < window.steps(); t++) {
      if (window.isScored(t)) {
        int label = window.sequence().classes()[window.start() + t];
        needed += label == before ? 2 : 1;
        before = label;
      }
    }
    return needed;
  }
}

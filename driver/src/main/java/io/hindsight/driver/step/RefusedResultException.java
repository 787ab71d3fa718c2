package io.hindsight.driver.step;

/**
 * A result is not what it should be, so nothing of it was merged. Something between the task and
 * here is at fault, never the data or the configuration: computing the step again is right.
 */
public class RefusedResultException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong with the result. */
  public RefusedResultException(String message) {
    super(message);
  }

  /** Refuses a result that has another number than it should. */
  static void unlessEqual(String what, long expected, long actual) {
    if (expected != actual) {
      throw new RefusedResultException(
          "result refused: its %s is %d, expected %d".formatted(what, actual, expected));
    }
  }
}

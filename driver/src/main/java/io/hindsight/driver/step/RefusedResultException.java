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
}

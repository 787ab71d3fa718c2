package io.hindsight.driver.step;

/**
 * A shard's result came twice. Nothing is at fault: a task was repeated, or its work was given to
 * others before it was done.
 */
public final class RepeatedResultException extends RefusedResultException {
  private static final long serialVersionUID = 1L;

  /** With the shard that came twice. */
  public RepeatedResultException(String message) {
    super(message);
  }
}

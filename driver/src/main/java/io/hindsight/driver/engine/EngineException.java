package io.hindsight.driver.engine;

/**
 * The machinery under an engine failed, not the run: executors were lost or a session ended. The
 * same run may succeed when it is started again.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what failed, where, and what to do. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}

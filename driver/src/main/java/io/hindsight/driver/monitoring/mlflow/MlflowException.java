package io.hindsight.driver.monitoring.mlflow;

import java.io.IOException;

/** A call that the server has not done. */
final class MlflowException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * An answer of the server.
   *
   * @param status of HTTP; 0 if there was none
   * @param code of MLflow; empty if there was none
   */
  MlflowException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /**
   * Whether the same call may succeed later: no answer, too many calls, or a fault of the server.
   */
  boolean mayPass() {
    return status == 0 || status == 429 || status >= 500;
  }

  /** Whether the server says so. */
  boolean is(String wanted) {
    return code.equals(wanted);
  }
}

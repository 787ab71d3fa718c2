package io.hindsight.driver.concurrent;

import java.util.concurrent.ExecutionException;

/** Failures of work that another thread did, as if this one had done it. */
public final class Causes {
  private Causes() {}

  /**
   * What work without checked exceptions failed with, to be thrown where its result is awaited.
   *
   * @throws Error if it failed with one
   */
  public static RuntimeException unchecked(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return failure.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(failure.getCause());
  }
}

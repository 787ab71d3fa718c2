package io.hindsight.submit;

import io.hindsight.driver.run.ExitCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a Java that only makes the class archive: with the launcher that waits for it, whatever that
 * one ended by, and in any case after some minutes. The Java of a command has no launcher beside
 * it, which it replaces.
 */
final class LauncherWatch {
  /** The launcher's process, by its number. */
  static final String PROPERTY = "hindsight.launcher";

  private static final long MOST_MINUTES = 5;

  private LauncherWatch() {}

  /** Watches, if this process has been started for that. */
  static void install() {
    Optional.ofNullable(Long.getLong(PROPERTY)).ifPresent(LauncherWatch::follow);
  }

  private static void follow(long launcher) {
    ProcessHandle.of(launcher)
        .<CompletableFuture<?>>map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .completeOnTimeout(null, MOST_MINUTES, TimeUnit.MINUTES)
        .thenRun(() -> Runtime.getRuntime().halt(ExitCode.RETRYABLE.code()));
  }
}

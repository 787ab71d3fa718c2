package io.hindsight.submit;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.train.ExitCode;
import io.hindsight.driver.train.MemoryShortage;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Optional;

/**
 * Ends the process when one of Spark's threads has died for want of memory: a job that waits for it
 * would wait for ever. The command cannot be asked to end, so this is as if it were killed; {@code
 * --resume} continues a training.
 */
final class MemoryWatch implements UncaughtExceptionHandler {
  private final Optional<UncaughtExceptionHandler> others;

  private MemoryWatch(Optional<UncaughtExceptionHandler> others) {
    this.others = others;
  }

  /** Watches every thread of this process that has no handler of its own. */
  static void install() {
    Thread.setDefaultUncaughtExceptionHandler(
        new MemoryWatch(Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler())));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    Optional<ConfigException> shortage = MemoryShortage.in(failure);
    if (shortage.isPresent()) {
      System.err.println(shortage.get().getMessage());
      Runtime.getRuntime().halt(ExitCode.USAGE.code());
    }
    others.ifPresentOrElse(
        handler -> handler.uncaughtException(thread, failure),
        () -> {
          System.err.print("Exception in thread \"" + thread.getName() + "\" ");
          failure.printStackTrace();
        });
  }
}

package io.hindsight.submit;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.engine.Sessions;
import io.hindsight.driver.train.ExitCode;
import io.hindsight.driver.train.MemoryShortage;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that a command ends when one of Spark's threads has died for want of memory, since a
 * job that waits for it would wait for ever. Stopping Spark fails the job and so the command, which
 * reports what is remembered here. One that does not end by that is ended as if it were killed.
 */
final class MemoryWatch implements UncaughtExceptionHandler {
  private static final long PATIENCE_SECONDS = 30;

  private final UncaughtExceptionHandler others;
  private final Consumer<ConfigException> remember;
  private final Runnable stop;
  private final Consumer<ConfigException> end;

  /**
   * A watch.
   *
   * @param others takes what has nothing to do with memory
   * @param remember keeps the reason for the command's report
   * @param stop makes the command fail
   * @param end waits, and ends the process
   */
  MemoryWatch(
      UncaughtExceptionHandler others,
      Consumer<ConfigException> remember,
      Runnable stop,
      Consumer<ConfigException> end) {
    this.others = others;
    this.remember = remember;
    this.stop = stop;
    this.end = end;
  }

  /** Watches every thread of this process that has no handler of its own. */
  static void install() {
    UncaughtExceptionHandler others =
        Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler()).orElse(MemoryWatch::show);
    Thread.setDefaultUncaughtExceptionHandler(
        new MemoryWatch(
            others,
            MemoryShortage::sawElsewhere,
            Sessions::stopPresent,
            MemoryWatch::endInAnyCase));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    Optional<ConfigException> shortage = MemoryShortage.in(failure);
    if (shortage.isPresent()) {
      remember.accept(shortage.get());
      inBackground(stop); // not here: it may wait for the thread that dies
      inBackground(() -> end.accept(shortage.get()));
    } else {
      others.uncaughtException(thread, failure);
    }
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "hindsight-memory");
    thread.setDaemon(true);
    thread.start();
  }

  private static void endInAnyCase(ConfigException shortage) {
    try {
      TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
      System.err.println(shortage.getMessage());
      Runtime.getRuntime().halt(ExitCode.USAGE.code());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As Java does by itself. */
  private static void show(Thread thread, Throwable failure) {
    System.err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace();
  }
}

package io.hindsight.submit;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.run.MemoryShortage;
import io.hindsight.driver.spark.session.Sessions;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that a command ends when one of Spark's threads has died for want of memory, since a
 * job that waits for it would wait for ever. Stopping Spark fails the job and so the command, which
 * reports what is remembered here. Where Spark does not stop, the process ends as if it were
 * killed.
 */
final class MemoryWatch implements UncaughtExceptionHandler {
  private static final long PATIENCE_MILLIS = 30_000;

  private final UncaughtExceptionHandler others;
  private final Consumer<ConfigException> remember;
  private final Runnable stop;
  private final long patienceMillis;
  private final Consumer<ConfigException> end;

  /**
   * A watch.
   *
   * @param others takes what has nothing to do with memory
   * @param remember keeps the reason for the command's report
   * @param stop fails every job
   * @param patienceMillis how long that may take
   * @param end ends the process
   */
  MemoryWatch(
      UncaughtExceptionHandler others,
      Consumer<ConfigException> remember,
      Runnable stop,
      long patienceMillis,
      Consumer<ConfigException> end) {
    this.others = others;
    this.remember = remember;
    this.stop = stop;
    this.patienceMillis = patienceMillis;
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
            PATIENCE_MILLIS,
            MemoryWatch::endProcess));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    Optional<ConfigException> shortage = MemoryShortage.in(failure);
    if (shortage.isPresent()) {
      remember.accept(shortage.get());
      CountDownLatch stopped = new CountDownLatch(1);
      inBackground(() -> endUnless(stopped, shortage.get()));
      inBackground(
          () -> {
            stop.run(); // not in the thread that dies, for which it may wait
            stopped.countDown();
          });
    } else {
      others.uncaughtException(thread, failure);
    }
  }

  private void endUnless(CountDownLatch stopped, ConfigException shortage) {
    try {
      if (!stopped.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        end.accept(shortage);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without the locals of the thread that dies: Spark does not let its listeners stop it. */
  private static void inBackground(Runnable task) {
    Thread thread = new Thread(null, task, "hindsight-memory", 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  private static void endProcess(ConfigException shortage) {
    System.err.println(shortage.getMessage());
    Runtime.getRuntime().halt(ExitCode.USAGE.code());
  }

  /** As Java does by itself. */
  private static void show(Thread thread, Throwable failure) {
    System.err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace();
  }
}

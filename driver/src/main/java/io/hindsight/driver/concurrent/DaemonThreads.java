package io.hindsight.driver.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that do not keep their process from ending. */
public final class DaemonThreads {
  private static final long IDLE_SECONDS = 30;

  private DaemonThreads() {}

  /**
   * A thread that is not started yet.
   *
   * @param name for whoever reads a dump of the threads
   */
  public static Thread create(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A thread that has begun its work. */
  public static Thread start(String name, Runnable work) {
    Thread thread = create(name, work);
    thread.start();
    return thread;
  }

  /**
   * Threads for short calls, which end when there has been none for a while: nobody has to close
   * them.
   *
   * @param name of each
   * @param threads at most
   */
  public static ExecutorService pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> create(name, work));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}

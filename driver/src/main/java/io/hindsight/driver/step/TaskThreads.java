package io.hindsight.driver.step;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.kernels.team.Waiting;

/**
 * Threads that do the tasks of a step side by side, the caller's own among them. Between steps they
 * wait for the next, see {@link Waiting}.
 *
 * <p>Each thread begins with the task of its own number, the caller with the last. A task that no
 * thread has begun, because it sleeps or because others have its core, is done by whoever has
 * nothing left to do: so a step never takes longer than in one thread for want of a core.
 *
 * <p>One caller at a time; the threads do not keep the process alive.
 */
public final class TaskThreads implements AutoCloseable {
  private final Helper[] helpers; // every thread but the caller's
  private final Waiting caller;
  private volatile boolean closed;

  /** What is to be done; no checked exceptions. */
  public interface Work {
    /**
     * Does a task.
     *
     * @param thread which thread does it, from 0; the caller's has the last number
     * @param task from 0
     */
    void run(int thread, int task);
  }

  /**
   * Starts the threads.
   *
   * @param name of each
   * @param threads the caller's among them, at least 1
   */
  public TaskThreads(String name, int threads) {
    caller = new Waiting(threads);
    helpers = new Helper[threads - 1];
    for (int number = 0; number < helpers.length; number++) {
      helpers[number] = new Helper(number, threads);
      DaemonThreads.start(name, helpers[number]);
    }
  }

  /**
   * How many threads a process gets for so many tasks.
   *
   * @param tasks configured; 0 is one per core, since no network was found for which fewer are
   *     quicker
   */
  public static int wished(int tasks) {
    return tasks > 0 ? tasks : Runtime.getRuntime().availableProcessors();
  }

  /** How many threads, the caller's among them. */
  public int count() {
    return helpers.length + 1;
  }

  /**
   * Does some tasks and returns when all are done, also where one fails: then what the first of
   * those that failed has thrown is thrown here. An interrupt does not end the wait, and is kept.
   *
   * @param tasks at least 1; of more threads than tasks, some are not woken
   */
  public void run(int tasks, Work work) {
    if (closed) {
      throw new IllegalStateException("these threads have ended");
    }
    TaskCall call = new TaskCall(tasks, work, caller);
    int called = Math.min(helpers.length, tasks - 1);
    for (int number = 0; number < called; number++) {
      helpers[number].called = call;
    }
    for (int number = 0; number < called; number++) {
      helpers[number].waiting.wake();
    }
    call.join(helpers.length, tasks - 1);
    caller.await(call::isDone);
    call.throwFirst();
  }

  /** Ends the threads; none may be at work. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      helper.waiting.wake();
    }
  }

  private final class Helper implements Runnable {
    private final int number;
    private final Waiting waiting;
    private volatile TaskCall called; // the latest

    Helper(int number, int threads) {
      this.number = number;
      waiting = new Waiting(threads);
    }

    @Override
    public void run() {
      TaskCall known = null;
      while (!closed) {
        TaskCall before = known;
        waiting.await(() -> called != before || closed);
        known = called;
        if (known != before) {
          known.join(number, number);
        }
      }
    }
  }
}

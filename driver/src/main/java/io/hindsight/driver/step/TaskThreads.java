package io.hindsight.driver.step;

import io.hindsight.driver.concurrent.DaemonThreads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

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
    Call call = new Call(tasks, work);
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

  /** The tasks of one step. */
  private final class Call {
    private final Work work;
    private final AtomicIntegerArray begun; // [tasks], 1 where a thread has taken the task
    private final AtomicInteger left; // tasks that are not done
    private final Throwable[] failures; // [tasks]

    Call(int tasks, Work work) {
      this.work = work;
      begun = new AtomicIntegerArray(tasks);
      left = new AtomicInteger(tasks);
      failures = new Throwable[tasks];
    }

    boolean isDone() {
      return left.get() == 0;
    }

    /** Does the thread's own task, and then every other that nobody has begun. */
    void join(int thread, int own) {
      attempt(thread, own);
      for (int task = 0; task < failures.length && !isDone(); task++) {
        attempt(thread, task);
      }
    }

    private void attempt(int thread, int task) {
      if (begun.getAndSet(task, 1) != 0) {
        return;
      }
      try {
        work.run(thread, task);
      } catch (Throwable failure) { // the caller's thread throws it
        failures[task] = failure;
      }
      if (left.decrementAndGet() == 0) {
        caller.wake();
      }
    }

    void throwFirst() {
      for (Throwable failure : failures) {
        if (failure instanceof Error error) {
          throw error;
        }
        if (failure != null) {
          throw (RuntimeException) failure; // work has no other
        }
      }
    }
  }

  private final class Helper implements Runnable {
    private final int number;
    private final Waiting waiting;
    private volatile Call called; // the latest

    Helper(int number, int threads) {
      this.number = number;
      waiting = new Waiting(threads);
    }

    @Override
    public void run() {
      Call known = null;
      while (!closed) {
        Call before = known;
        waiting.await(() -> called != before || closed);
        known = called;
        if (known != before) {
          known.join(number, number);
        }
      }
    }
  }
}

package io.hindsight.driver.step;

import io.hindsight.kernels.team.Waiting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The tasks of one call of {@link TaskThreads#run}, and which of them are begun and done. */
final class TaskCall {
  private final TaskThreads.Work work;
  private final Waiting caller;
  private final AtomicIntegerArray begun; // [tasks], 1 where a thread has taken the task
  private final AtomicInteger left; // tasks that are not done
  private final Throwable[] failures; // [tasks]

  /**
   * None is begun.
   *
   * @param caller woken when all are done
   */
  TaskCall(int tasks, TaskThreads.Work work, Waiting caller) {
    this.work = work;
    this.caller = caller;
    begun = new AtomicIntegerArray(tasks);
    left = new AtomicInteger(tasks);
    failures = new Throwable[tasks];
  }

  /** Whether all are done. */
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

  /** Throws what the first of those that failed has thrown, if any has. */
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

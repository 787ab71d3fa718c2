package io.hindsight.kernels.team;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

/**
 * Threads that share what is computed for the same sequences: the caller's own, and helpers that
 * wait for the next piece of work, see {@link Waiting}. A piece is some microseconds long, so
 * giving it out takes neither a lock nor an object.
 *
 * <p>Each thread has a part of its own, the caller the last. A part that its helper has not begun
 * when the caller is done with its own, because it sleeps or others have its core, the caller does
 * too: so a team is not slower than one thread for want of cores.
 *
 * <p>One caller at a time; the helpers do not keep the process alive.
 */
public final class Team implements AutoCloseable {
  /** The caller's thread alone. */
  public static final Team ALONE = new Team("", 1, 1);

  // The state of a helper's part: the number of the work, times STATES, plus
  private static final int DONE = 0;
  private static final int OFFERED = 1;
  private static final int BEGUN = 2;
  private static final int STATES = 4;

  /** Ints from one helper's state to the next: no two share a line of the caches. */
  private static final int STRIDE = 32;

  private final int size;
  private final Waiting caller;
  private final Waiting[] waiting; // [helpers]
  private final AtomicIntegerArray states; // [STRIDE·helpers]
  private final Throwable[] failures; // [size]
  private final BooleanSupplier done = this::isDone;
  private Work work; // published, as the next, by the state of a part that is offered
  private int number; // of the work
  private volatile boolean closed;

  /** What is to be done; no checked exceptions. */
  public interface Work {
    /**
     * Does one part; all of them together, in any order and at any time, do the whole.
     *
     * @param part from 0
     * @param parts how many there are
     */
    void run(int part, int parts);
  }

  /**
   * Starts the helpers.
   *
   * @param name of each
   * @param size threads, the caller's among them, at least 1
   * @param busy threads of the process that compute at the same time, all these among them
   */
  public Team(String name, int size, int busy) {
    this.size = size;
    caller = new Waiting(busy);
    waiting = new Waiting[size - 1];
    states = new AtomicIntegerArray(STRIDE * waiting.length);
    failures = new Throwable[size];
    for (int helper = 0; helper < waiting.length; helper++) {
      waiting[helper] = new Waiting(busy);
      start(name, helper);
    }
  }

  private void start(String name, int helper) {
    Thread thread = new Thread(() -> help(helper), name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Threads, the caller's among them. */
  public int size() {
    return size;
  }

  /**
   * Does a work and returns when all its parts are done, also where one fails: then what the first
   * of those that failed has thrown is thrown here. An interrupt does not end the wait, and is
   * kept.
   *
   * @throws IllegalStateException if the team was closed
   */
  public void run(Work whole) {
    if (size == 1) {
      whole.run(0, 1);
      return;
    }
    if (closed) {
      throw new IllegalStateException("these threads have ended");
    }
    work = whole;
    number += STATES;
    for (int helper = 0; helper < waiting.length; helper++) {
      states.set(STRIDE * helper, number + OFFERED);
      waiting[helper].wake();
    }
    attempt(size - 1);
    for (int helper = 0; helper < waiting.length; helper++) {
      attemptIfOffered(helper, number);
    }
    caller.await(done);
    throwFirst();
  }

  private void attemptIfOffered(int part, int ofWork) {
    if (states.compareAndSet(STRIDE * part, ofWork + OFFERED, ofWork + BEGUN)) {
      attempt(part);
      states.set(STRIDE * part, ofWork + DONE);
    }
  }

  private void attempt(int part) {
    try {
      work.run(part, size);
    } catch (Throwable failure) { // the caller's thread throws it
      failures[part] = failure;
    }
  }

  private boolean isDone() {
    for (int helper = 0; helper < waiting.length; helper++) {
      if (states.get(STRIDE * helper) != number + DONE) {
        return false;
      }
    }
    return true;
  }

  private void throwFirst() {
    Throwable first = null;
    for (int part = 0; part < size; part++) {
      first = first == null ? failures[part] : first;
      failures[part] = null;
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first; // work has no other
    }
  }

  /**
   * Looks after every work, also one whose part the caller has done: it has slept, and is to be
   * awake for the next.
   */
  private void help(int helper) {
    Call call = new Call(helper);
    while (!closed) {
      waiting[helper].await(call);
      call.known = work(helper);
      attemptIfOffered(helper, call.known);
      caller.wake();
    }
  }

  /** The number of the latest work whose part a helper was offered. */
  private int work(int helper) {
    return states.get(STRIDE * helper) & -STATES;
  }

  /** Whether there is a work that a helper has not seen yet. */
  private final class Call implements BooleanSupplier {
    private final int helper;
    private int known;

    Call(int helper) {
      this.helper = helper;
    }

    @Override
    public boolean getAsBoolean() {
      return work(helper) != known || closed;
    }
  }

  /** Ends the helpers; none may be at work. */
  @Override
  public void close() {
    closed = true;
    for (Waiting helper : waiting) {
      helper.wake();
    }
  }
}

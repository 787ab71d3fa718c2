package io.hindsight.submit.faults;

import java.util.concurrent.TimeUnit;

/** Watches from outside how a run gets on: the steps in its file, and how long none came. */
final class Watch implements AutoCloseable {
  private static final int POLL = 20; // ms

  private final RunFiles files;
  private final Thread thread = new Thread(this::watch, "watch");
  private volatile boolean ended;
  private int steps;
  private long changed = System.nanoTime(); // when the steps were last seen to change, or a strike
  private long started = changed; // the same, or when the driver was started
  private long longest; // ns

  Watch(RunFiles files) {
    this.files = files;
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!ended) {
        see(files.steps());
        TimeUnit.MILLISECONDS.sleep(POLL);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void see(int now) {
    long time = System.nanoTime();
    longest = Math.max(longest, time - changed);
    if (now != steps) {
      steps = now;
      changed = time;
      started = time;
    }
  }

  /** A fault strikes: the longest silence is counted from now. */
  synchronized void strike() {
    changed = System.nanoTime();
    started = changed;
    longest = 0;
  }

  /** A driver starts, and may take its time. */
  synchronized void start() {
    started = System.nanoTime();
  }

  /** Steps in the file. */
  synchronized int steps() {
    return steps;
  }

  /** Time without a step up to now, or since the driver's start, s. */
  synchronized double silence() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** The longest time without a step since the last strike, restarts included, s. */
  synchronized double longest() {
    return longest / 1e9;
  }

  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.interrupt();
    thread.join();
  }
}

package io.hindsight.driver.run;

import java.time.Duration;

/** What a thread is doing while an interrupt may break it off: one section after another. */
final class BreakableSection {
  private Thread thread;
  private Duration grace; // of the section that the thread is in; null if it is in none
  private boolean broken; // whether that section has been interrupted

  /** Names the thread, before it starts. */
  synchronized void ofThread(Thread runner) {
    thread = runner;
  }

  /**
   * The thread is in a section from now on.
   *
   * @param mayTake how long it is left alone after somebody asks it to end
   */
  synchronized void enter(Duration mayTake) {
    grace = mayTake;
    broken = false;
  }

  /**
   * Interrupts the section, if the thread is in one; again and again, as what waits may swallow an
   * interrupt.
   *
   * @param waited since it was asked to end
   */
  synchronized void breakOff(Duration waited) {
    if (grace != null && waited.compareTo(grace) >= 0) {
      broken = true;
      thread.interrupt();
    }
  }

  /** Ends the section. Whether it was broken off; its interrupt goes no further. */
  synchronized boolean leave() {
    boolean was = broken;
    grace = null;
    if (was && Thread.currentThread() == thread) {
      Thread.interrupted();
    }
    return was;
  }
}

package io.hindsight.kernels.team;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Where one thread waits for what others bring about. It spins for a moment before it sleeps: a
 * small network's step takes no longer than waking a thread.
 *
 * <p>The moment bounds what spinning can waste. A thread that has slept several times in a row, and
 * long, goes to sleep at once until a wait is short again; so does every thread where there are
 * more of them than cores, since the one that is waited for may need the core.
 */
public final class Waiting {
  /** Longest spinning, ns: several times what lies between two steps of a small network. */
  public static final long MOMENT = 200_000;

  /** From here on a spinning thread offers its core, ns: the one that is waited for may need it. */
  private static final long POLITENESS = 10_000;

  private static final int LONG_WAITS = 4; // in a row

  private final boolean maySpin;
  private int longWaits; // in a row; the waiting thread's
  private volatile Thread sleeper;

  /**
   * A place for one thread.
   *
   * @param threads that want a core at a time, the waiting one among them
   */
  public Waiting(int threads) {
    maySpin = isCoreForEach(threads);
  }

  /** Whether so many threads can run at once, so that one may spin while the others compute. */
  public static boolean isCoreForEach(int threads) {
    return threads <= Runtime.getRuntime().availableProcessors();
  }

  /** Spins until it is there, or for a moment; whether it is there. */
  public static boolean spin(BooleanSupplier there) {
    long start = System.nanoTime();
    while (!there.getAsBoolean()) {
      long spun = System.nanoTime() - start;
      if (spun > MOMENT) {
        return false;
      }
      if (spun > POLITENESS) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
    return true;
  }

  /**
   * Returns when it is there; an interrupt does not end the wait, and is kept.
   *
   * @param there reads what other threads have published
   */
  public void await(BooleanSupplier there) {
    if (maySpin && longWaits < LONG_WAITS && spin(there)) {
      longWaits = 0;
    } else if (!there.getAsBoolean()) {
      long start = System.nanoTime();
      sleep(there);
      longWaits = System.nanoTime() - start < MOMENT ? 0 : longWaits + 1;
    }
  }

  private void sleep(BooleanSupplier there) {
    boolean interrupted = false;
    sleeper = Thread.currentThread();
    while (!there.getAsBoolean()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    sleeper = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called by whoever has just brought it about. */
  public void wake() {
    Thread asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
  }
}

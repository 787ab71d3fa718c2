package io.hindsight.driver.step;

import io.hindsight.kernels.parallel.RangeLoop;

/**
 * Runs loops over long arrays on some threads, which are closed with it; a short loop is done by
 * the caller alone. One caller at a time.
 */
public final class ParallelLoop implements RangeLoop {
  /** Elements from which several threads are quicker; of a loop that only reads, too. */
  static final int LEAST = 1 << 17;

  /**
   * Ranges for each thread, so that one that is interrupted leaves its others to whoever is free.
   */
  private static final int RANGES = 4;

  private final TaskThreads threads;

  /**
   * A loop on threads.
   *
   * @param threads closed by {@link #close}; not used by others while a loop runs
   */
  public ParallelLoop(TaskThreads threads) {
    this.threads = threads;
  }

  /**
   * A loop on some cores of this process, or on the caller's thread if there is nothing to share.
   *
   * @param name of the threads
   * @param cores at most
   * @param length of the longest arrays
   */
  public static ParallelLoop onCores(String name, int cores, int length) {
    return new ParallelLoop(new TaskThreads(name, length < LEAST ? 1 : cores));
  }

  /** The threads. */
  public TaskThreads threads() {
    return threads;
  }

  @Override
  public void run(int length, Body body) {
    if (length < LEAST || threads.count() == 1) {
      body.run(0, length);
      return;
    }
    int chunks = (length - 1) / CHUNK + 1;
    int most = Math.min(chunks, RANGES * threads.count());
    int size = ((chunks - 1) / most + 1) * CHUNK;
    int ranges = (length - 1) / size + 1;
    threads.run(
        ranges,
        (thread, range) -> {
          int from = range * size;
          body.run(from, Math.min(length - from, size) + from);
        });
  }

  @Override
  public void close() {
    threads.close();
  }
}

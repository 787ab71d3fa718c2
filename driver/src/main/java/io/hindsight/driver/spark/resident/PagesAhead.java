package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.placement.PagedInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The pages of a shard, of which the next are on their way while one is read: the driver makes one
 * and the network carries one meanwhile.
 *
 * <p>A task holds the page it reads and {@value #AHEAD} further ones at most, and of all tasks of a
 * worker as many are on their way as its {@link ParallelCalls} has lanes.
 */
final class PagesAhead extends PagedInput {
  static final int AHEAD = 2; // pages

  private final ParallelCalls calls;
  private final Source source;
  private final int whole; // bytes of every page but the last, at least
  private final Deque<Future<byte[]>> coming = new ArrayDeque<>();
  private int asked; // pages

  /** Where pages come from. */
  interface Source {
    /** A page by its number; empty after the last. May be called by any thread, and interrupted. */
    byte[] page(int number) throws Exception;
  }

  /**
   * Nothing is asked for before the first is read.
   *
   * @param whole a page of fewer bytes is the last
   */
  PagesAhead(ParallelCalls calls, Source source, int whole) {
    this.calls = calls;
    this.source = source;
    this.whole = whole;
  }

  @Override
  protected byte[] next() throws IOException {
    if (coming.isEmpty()) {
      ask();
    }
    byte[] page = arrived(coming.remove());
    while (page.length >= whole && coming.size() < AHEAD) {
      ask();
    }
    return page.length == 0 ? null : page;
  }

  private void ask() {
    int number = asked++;
    coming.add(calls.send(() -> source.page(number)));
  }

  private static byte[] arrived(Future<byte[]> page) throws IOException {
    try {
      return page.get();
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the task was interrupted");
    } catch (ExecutionException failure) {
      throw asIs(failure.getCause());
    }
  }

  /** As if the task itself had asked; above all where there is no memory left. */
  private static IOException asIs(Throwable cause) {
    if (cause instanceof Error fatal) {
      throw fatal;
    }
    return cause instanceof IOException known
        ? known
        : new IOException("the driver does not answer: " + cause, cause);
  }

  /** Gives up what was asked for and is not read. */
  @Override
  public void close() {
    coming.forEach(page -> page.cancel(true));
    coming.clear();
  }
}

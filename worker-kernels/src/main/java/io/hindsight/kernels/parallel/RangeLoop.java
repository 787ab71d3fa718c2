package io.hindsight.kernels.parallel;

/**
 * Runs a loop over the elements of long arrays range by range, on one thread or on several. Each
 * element belongs to one range, so a loop in which no element depends on another gives the same
 * bits whoever runs it.
 */
@FunctionalInterface
public interface RangeLoop extends AutoCloseable {
  /** Every range begins at a multiple of this, so that what is defined by chunks can be cut. */
  int CHUNK = 1 << 14;

  /** All elements in one range, on the caller's thread. */
  RangeLoop SERIAL = (length, body) -> body.run(0, length);

  /** What is done to a range of elements; without checked exceptions. */
  @FunctionalInterface
  interface Body {
    /** Does it to the elements [from, end). */
    void run(int from, int end);
  }

  /**
   * Runs the body over [0, length), and returns when all is done.
   *
   * @param body is called with ranges that meet nowhere, maybe by several threads at once
   */
  void run(int length, Body body);

  /** Ends the threads that it has of its own, if any. */
  @Override
  default void close() {}
}

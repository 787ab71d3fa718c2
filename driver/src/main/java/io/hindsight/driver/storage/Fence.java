package io.hindsight.driver.storage;

import java.io.IOException;

/**
 * Stands before every write that would hurt another writer of the same directory, as {@code
 * io.hindsight.driver.lease.Lease} does.
 */
public interface Fence {
  /**
   * Asks storage whether this process may still write.
   *
   * @throws IOException if storage does not answer
   * @throws RuntimeException if another has taken over, or is free to
   */
  void require() throws IOException;

  /**
   * The same, of what is known without asking: for writes that are frequent, and that another does
   * not see.
   */
  void requireAsKnown();
}

package io.hindsight.driver.registry;

import io.hindsight.driver.lease.Holder;

/**
 * Who wrote an entry of the log.
 *
 * @param user of the operating system
 * @param host the machine's name
 * @param process its number there
 */
public record Author(String user, String host, long process) {
  static Author of(Holder holder) {
    return new Author(holder.user(), holder.host(), holder.process());
  }

  /** For people. */
  public String describe() {
    return user + "@" + host;
  }
}

package io.hindsight.driver.spark.resident;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message that nobody waits for: its sender is being interrupted, and must not be held up. */
final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private Farewell() {}

  static void send(Link link, Turn farewell) {
    Thread thread =
        new Thread(
            () -> {
              try {
                link.ask(farewell);
              } catch (Exception driverIsGone) {
                LOG.debug("nobody heard that {} leaves", farewell.station(), driverIsGone);
              }
            },
            "hindsight-farewell");
    thread.setDaemon(true);
    thread.start();
  }
}

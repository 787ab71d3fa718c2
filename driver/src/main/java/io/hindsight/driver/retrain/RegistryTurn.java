package io.hindsight.driver.retrain;

import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.RegistryWriter;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change a registry, waited for: after hours of training a rollback of the same second
 * is no reason to give up.
 */
final class RegistryTurn {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryTurn.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private final Registry registry;
  private final Lease.Pause pause;

  RegistryTurn(Registry registry, Lease.Pause pause) {
    this.registry = registry;
    this.pause = pause;
  }

  /**
   * Something done under the lease.
   *
   * @param <T> what comes of it
   */
  interface Change<T> {
    /** Does it. */
    T by(RegistryWriter writer) throws IOException;
  }

  /**
   * Does something under the lease.
   *
   * @throws LeaseException if another process has held it for five minutes
   */
  <T> T change(Change<T> change) throws IOException {
    try (RegistryWriter writer = take()) {
      return change.by(writer);
    }
  }

  private RegistryWriter take() throws IOException {
    long begun = System.nanoTime();
    while (true) {
      try {
        return registry.create("retrain", pause);
      } catch (LeaseException held) {
        if (!held.isHeld() || System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw held;
        }
        LOG.info("waiting: {}", held.getMessage());
        pause.sleep(BETWEEN.toMillis());
      }
    }
  }
}

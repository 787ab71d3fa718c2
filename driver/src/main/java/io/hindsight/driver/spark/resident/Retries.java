package io.hindsight.driver.spark.resident;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the driver again when it has not answered. */
final class Retries {
  /** Times a poll is asked before it is given up, a second apart. */
  private static final int ATTEMPTS = 60;

  private static final long RETRY_MILLIS = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private Retries() {}

  /**
   * Asks until there is an answer.
   *
   * @param pollNumber may be asked more than once
   * @throws Exception what the last attempt failed with
   */
  static <T> T ask(Callable<T> pollNumber) throws Exception {
    for (int attempt = 1; true; attempt++) {
      try {
        return pollNumber.call();
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception unanswered) {
        if (attempt == ATTEMPTS || Thread.interrupted()) {
          throw unanswered;
        }
        LOG.warn("the driver did not answer, asking again: {}", unanswered.toString());
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }
}

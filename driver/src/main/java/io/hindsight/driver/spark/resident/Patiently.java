package io.hindsight.driver.spark.resident;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the driver again when it has not answered. */
final class Patiently {
  /** Times a question is asked before it is given up, a second apart. */
  private static final int ATTEMPTS = 60;

  private static final long RETRY_MILLIS = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(Patiently.class);

  private Patiently() {}

  /**
   * Asks until there is an answer.
   *
   * @param question may be asked more than once
   * @throws Exception what the last attempt failed with
   */
  static <T> T ask(Callable<T> question) throws Exception {
    for (int attempt = 1; true; attempt++) {
      try {
        return question.call();
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

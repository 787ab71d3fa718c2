package io.hindsight.driver.spark.session;

import io.hindsight.driver.spark.SparkApi;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** The end of a session, whoever began to stop it. */
final class SessionEnd {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
  private static final long PAUSE = 5; // ms

  private SessionEnd() {}

  /**
   * Waits until a session that is being stopped is gone, at most a minute: stopping it once more
   * returns at once, while the first stop still goes on, and until its end no other can begin.
   */
  static void await(SparkContext context) {
    long start = System.nanoTime();
    try {
      while (SparkApi.active().filter(context::equals).isPresent()
          && System.nanoTime() - start < LONGEST) {
        TimeUnit.MILLISECONDS.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.hindsight.driver.metrics;

import io.hindsight.driver.storage.LocalStorage;
import java.io.IOException;

/** Resumes a log, in a process whose heap a test has chosen. */
final class ResumeMain {
  private ResumeMain() {}

  /**
   * Resumes.
   *
   * @param args the file and the steps made
   */
  public static void main(String[] args) throws IOException {
    MetricsLog.resume(new LocalStorage(), args[0], Long.parseLong(args[1]), "reference").close();
  }
}

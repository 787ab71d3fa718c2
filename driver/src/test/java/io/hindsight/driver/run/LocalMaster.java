package io.hindsight.driver.run;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the runs of a test start Spark with two threads of this process. */
public final class LocalMaster implements BeforeEachCallback, AfterEachCallback {
  private static final String MASTER = "spark.master";

  @Override
  public void beforeEach(ExtensionContext test) {
    System.setProperty(MASTER, "local[2]");
  }

  @Override
  public void afterEach(ExtensionContext test) {
    System.clearProperty(MASTER);
  }
}

package io.hindsight.driver.spark.session;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A session for tables of few rows, open as long as the tests of a class run. */
public final class ForTables implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private final Map<String, String> settings;
  private TestSession session;

  /** With settings of its own. */
  public ForTables(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Without. */
  public ForTables() {
    this(Map.of());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    session = TestSession.forTables(settings);
  }

  /** Starts Spark, and makes the session the one of the test's thread. */
  @Override
  public void beforeEach(ExtensionContext context) {
    session.sessions().session();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    session.close();
  }
}

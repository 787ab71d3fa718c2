package io.hindsight.driver.train;

import io.hindsight.datasets.DataSpec;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.engine.Sessions;
import java.util.Optional;

/** The Spark session that tables are read through; text and generators need none. */
final class DataSession implements AutoCloseable {
  private final Optional<Sessions> session;

  private DataSession(Optional<Sessions> session) {
    this.session = session;
  }

  /** Opens a session if the data is a table. */
  static DataSession open(RunConfig config) {
    if (config.data() instanceof DataSpec.Table) {
      Sessions session = Sessions.open(config.name());
      session.session(); // DataReader finds it as the active one
      return new DataSession(Optional.of(session));
    }
    return new DataSession(Optional.empty());
  }

  @Override
  public void close() {
    session.ifPresent(Sessions::close);
  }
}

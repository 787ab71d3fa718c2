package io.hindsight.driver.engine;

import java.util.stream.Stream;

/** The executor processes of clusters that this process has started. */
final class Executors {
  private static final String MAIN = "CoarseGrainedExecutorBackend";

  private Executors() {}

  static Stream<ProcessHandle> ofThisProcess() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(MAIN));
  }
}

package io.hindsight.driver.metrics;

import java.io.Closeable;
import java.io.IOException;

/** Takes what a run reports, beside {@link MetricsLog}. */
public interface MetricsSink extends Closeable {
  /**
   * A step was made.
   *
   * @param sequences sequences that had a window in it
   */
  void step(StepMetrics metrics, int sequences) throws IOException;

  /** The network was validated. */
  void validation(ValidationMetrics metrics) throws IOException;

  /** The network was looked into. */
  default void diagnosis(DiagnosisMetrics metrics) throws IOException {}

  /** The run went back to an earlier step. */
  default void rollback(RollbackMetrics metrics) throws IOException {}

  /** Hands on what was told so far, before a checkpoint is saved. */
  default void flush() throws IOException {}

  /** The loop has ended, whatever for. */
  @Override
  default void close() throws IOException {}

  /** Nobody will tell how the run ends, as it is another's now. */
  default void abandon() {}

  /** The run has ended, after its loop or before. */
  default void ended(StatusFile status) throws IOException {}
}

package io.hindsight.driver.monitoring;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.monitoring.mlflow.MlflowRun;
import io.hindsight.driver.monitoring.tensorboard.EventFile;
import io.hindsight.driver.report.run.RunFigures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has other tools told how a run goes and how it ends, beside its own log and status. */
public final class RunMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunMonitor.class);

  private final long begun = System.nanoTime();
  private final List<MetricsSink> sinks = new CopyOnWriteArrayList<>();

  /** Of a run that this process begins or goes on with. */
  public RunMonitor() {}

  /**
   * Where a run's loop stands as it begins in this process.
   *
   * @param made updates made before
   * @param totalSteps updates of the whole run
   * @param mended as for {@link LiveFigures}
   */
  public record Beginning(long made, long totalSteps, LongSupplier mended) {}

  /** Opens what the configuration asks for; whoever asks closes each when the loop has ended. */
  public List<MetricsSink> open(RunConfig config, RunDirectory directory, Beginning at)
      throws IOException {
    if (config.output().tensorboard()) {
      sinks.add(EventFile.open(directory.storage(), directory.tensorboard(), at.made()));
    }
    if (config.output().mlflow().isPresent()) {
      sinks.add(MlflowRun.start(config, directory));
    }
    // Last, as Spark's page would show a run that could not begin.
    sinks.add(new LiveFigures(at.made(), at.totalSteps(), at.mended()));
    return List.copyOf(sinks);
  }

  /** Nothing is told any more. */
  @Override
  public void close() {
    sinks.forEach(MetricsSink::abandon);
  }

  /** Tells how the run has ended. What cannot be told is a warning, and no fault of the run. */
  public void ended(StatusFile status) {
    for (MetricsSink sink : sinks) {
      tell(sink, status);
    }
  }

  /**
   * Writes how the run has ended, for Prometheus, with the same care.
   *
   * @param figures of its directory
   */
  public void write(RunDirectory directory, RunFigures figures) {
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    try {
      byte[] text = RunText.of(figures, took, Instant.now()).toBytes();
      directory.storage().replace(directory.metricsText(), text);
    } catch (IOException e) {
      LOG.warn("cannot write {}: {}", directory.metricsText(), e.toString());
    }
  }

  private static void tell(MetricsSink sink, StatusFile status) {
    try {
      sink.ended(status);
    } catch (IOException | RuntimeException e) {
      LOG.warn("the end of the run cannot be told: {}", e.toString());
    }
  }
}

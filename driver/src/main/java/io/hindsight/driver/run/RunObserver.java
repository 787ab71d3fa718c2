package io.hindsight.driver.run;

import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.metrics.DiagnosisMetrics;
import io.hindsight.driver.metrics.MetricsLog;
import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.Progress;
import io.hindsight.driver.metrics.RollbackMetrics;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.TimeSplit;
import io.hindsight.driver.metrics.ValidationMetrics;
import io.hindsight.driver.replay.DiagnosedSteps;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.TrainingObserver;
import io.hindsight.driver.train.TrainingState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a run's metrics and shows its progress. */
final class RunObserver implements TrainingObserver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunObserver.class);

  private final MetricsLog log;
  private final Progress progress;
  private final DiagnosedSteps diagnosed;
  private final List<MetricsSink> others;
  private final TimeSplit split = new TimeSplit();

  /**
   * An observer.
   *
   * @param others are told the same; closed with this one
   */
  RunObserver(
      MetricsLog log, Progress progress, DiagnosedSteps diagnosed, List<MetricsSink> others) {
    this.others = others;
    this.log = log;
    this.progress = progress;
    this.diagnosed = diagnosed;
  }

  @Override
  public void beforeStep(TrainingState state) {
    diagnosed.before(state);
  }

  @Override
  public void step(StepMetrics metrics, int sequences) {
    try {
      log.append(metrics);
      tellOthers(other -> other.step(metrics, sequences));
      Optional<DiagnosisMetrics> diagnosis = diagnosed.after(metrics);
      if (diagnosis.isPresent()) {
        log.append(diagnosis.get());
        tellOthers(other -> other.diagnosis(diagnosis.get()));
      }
    } catch (IOException e) {
      throw ResumableException.unwritten("the metrics of step " + metrics.step(), e);
    }
    split.add(metrics.times());
    progress.step(metrics, sequences);
  }

  private interface Told {
    void to(MetricsSink other) throws IOException;
  }

  private void tellOthers(Told told) throws IOException {
    for (MetricsSink other : others) {
      told.to(other);
    }
  }

  @Override
  public void validation(ValidationMetrics metrics) {
    try {
      log.append(metrics);
      tellOthers(other -> other.validation(metrics));
    } catch (IOException e) {
      throw ResumableException.unwritten("the validation after step " + metrics.step(), e);
    }
    progress.validation(metrics);
  }

  @Override
  public void flush() {
    try {
      log.flush();
      tellOthers(MetricsSink::flush);
    } catch (IOException e) {
      throw ResumableException.unwritten("the metrics", e);
    }
  }

  @Override
  public void checkpoint(CheckpointMetrics metrics) {
    try {
      log.append(metrics);
    } catch (IOException e) {
      throw ResumableException.unwritten("the times of the checkpoint at " + metrics.step(), e);
    }
  }

  @Override
  public void rollback(RollbackMetrics metrics) {
    try {
      log.append(metrics);
      tellOthers(other -> other.rollback(metrics));
    } catch (IOException e) {
      throw ResumableException.unwritten("the rollback from step " + metrics.from(), e);
    }
  }

  @Override
  public void close() {
    progress.end();
    split.summary().ifPresent(LOG::info);
    try (log) {
      tellOthers(MetricsSink::close);
    } catch (IOException e) {
      throw ResumableException.unwritten("the last metrics", e);
    }
  }
}

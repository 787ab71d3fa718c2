package io.hindsight.driver.monitoring.mlflow;

import io.hindsight.driver.config.OutputConfig.Mlflow;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Tells a tracking server of a run. All calls are made by a thread of their own, so a server that
 * is slow, faulty or away costs training nothing: figures wait, few thousands at most, and are sent
 * as soon as it answers, at the latest when the run ends, which waits for it {@linkplain #PATIENCE
 * some seconds} at most, and fewer where somebody has asked it to stop and may soon kill it.
 */
public final class MlflowRun implements MetricsSink {
  /** How long the end of a run waits for the server. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration PATIENCE_WHEN_STOPPED = Duration.ofSeconds(5);

  private final Outbox outbox = new Outbox();
  private final Sender sender;
  private final Duration patience;

  MlflowRun(RestClient client, RunConfig config, RunDirectory directory, Duration patience) {
    this.patience = patience;
    Mlflow mlflow = config.output().mlflow().orElseThrow();
    String experiment = mlflow.experiment().orElse(config.name());
    Presentation presentation =
        new Presentation(
            experiment,
            config.name(),
            ResolvedConfig.flat(config),
            ResolvedConfig.hash(config),
            System.currentTimeMillis());
    sender = new Sender(client, presentation, directory, outbox);
  }

  /**
   * What the server is told of a run once.
   *
   * @param name of the run
   * @param parameters of its configuration, by their keys
   * @param fingerprint of all that its result depends on but the data
   * @param startMillis when it began, since 1970
   */
  record Presentation(
      String experiment,
      String name,
      Map<String, String> parameters,
      String fingerprint,
      long startMillis) {}

  /** Begins to tell of a run, or goes on with it where its directory names a run of the server. */
  public static MlflowRun start(RunConfig config, RunDirectory directory) {
    String address = config.output().mlflow().orElseThrow().address();
    return new MlflowRun(RestClient.of(address), config, directory, PATIENCE).begin();
  }

  MlflowRun begin() {
    sender.start();
    return this;
  }

  @Override
  public void step(StepMetrics metrics, int sequences) {
    long now = System.currentTimeMillis();
    long step = metrics.step();
    long made = step + 1;
    outbox.addStep(
        step,
        List.of(
            new Figure("loss", metrics.loss(), now, step, made),
            new Figure("gradient_norm", metrics.gradNorm(), now, step, made),
            new Figure("learning_rate", metrics.learningRate(), now, step, made),
            new Figure("step_ms", metrics.times().stepMs(), now, step, made)));
  }

  @Override
  public void validation(ValidationMetrics metrics) {
    long now = System.currentTimeMillis();
    outbox.add(new Figure("validation_loss", metrics.loss(), now, metrics.step(), metrics.step()));
  }

  @Override
  public void flush() {
    sender.wake();
  }

  @Override
  public void ended(StatusFile status) {
    long now = System.currentTimeMillis();
    status
        .metrics()
        .forEach(
            (name, value) ->
                outbox.add(new Figure(name, value, now, status.steps(), Figure.FINAL)));
    boolean isStopped =
        status.state().equals("interrupted") && patience.compareTo(PATIENCE_WHEN_STOPPED) > 0;
    sender.end(status, isStopped ? PATIENCE_WHEN_STOPPED : patience);
  }

  @Override
  public void abandon() {
    sender.abandon();
  }
}

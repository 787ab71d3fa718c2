package io.hindsight.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.checkpoint.BackgroundCheckpointer;
import io.hindsight.driver.checkpoint.Resumption;
import io.hindsight.driver.checkpoint.SourceRecord;
import io.hindsight.driver.checkpoint.StateCopy;
import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.CheckpointConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.data.DataNotes;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.launch.Engines;
import io.hindsight.driver.launch.TrainingEngine;
import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.metrics.MetricsLog;
import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.Progress;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.monitoring.RunMonitor;
import io.hindsight.driver.score.FinalMetrics;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.driver.storage.WriteRetry;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A whole run: a session of training, and its results written to the run directory. */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final RunConfig config;
  private final boolean resume;
  private final Optional<SourceVersion> version;
  private final RunThread stop;
  private final RunMonitor monitor = new RunMonitor();
  private volatile RunDirectory directory; // behind its lease, once that is taken
  private volatile Lease lease; // null before it is taken
  private boolean begun;
  private volatile RunReport.Made made = RunReport.Made.NOTHING;
  private volatile Optional<Spacing> spacing = Optional.empty();

  private TrainingRun(
      RunConfig config,
      RunDirectory directory,
      boolean resume,
      Optional<SourceVersion> version,
      RunThread stop) {
    this.config = config;
    this.directory = directory;
    this.resume = resume;
    this.version = version;
    this.stop = stop;
  }

  /** As {@link #start(RunConfig, RunDirectory, boolean, StopRequest)}, to the end of the run. */
  public static TrainingResult start(RunConfig config, RunDirectory directory, boolean resume) {
    return start(config, directory, resume, StopRequest.NEVER);
  }

  /** As the other, on what the source holds. */
  public static TrainingResult start(
      RunConfig config, RunDirectory directory, boolean resume, StopRequest stop) {
    return start(config, directory, resume, Optional.empty(), stop);
  }

  /**
   * Trains, and leaves the results in the run directory; however it ends, {@code status.json} tells
   * it. An interrupt of the calling thread is a request to stop.
   *
   * @param resume whether to continue the directory's run from its newest sound checkpoint
   * @param version of the source to read, unless the run has begun with one; absent for the newest
   * @param stop may ask the run to save its state and end before its time
   * @throws ResumableException if it did
   * @throws LeaseException if another process trains there, or has taken over while this one stood
   *     still
   * @throws RuntimeException as {@link ExitCode#judge} understands it
   */
  public static TrainingResult start(
      RunConfig config,
      RunDirectory directory,
      boolean resume,
      Optional<SourceVersion> version,
      StopRequest stop) {
    RunThread thread = new RunThread(stop);
    TrainingRun run = new TrainingRun(config, directory, resume, version, thread);
    try {
      return thread.call(run::runAndReport);
    } catch (ResumableException end) {
      if (thread.isLeftBehind(end)
          && run.lease != null) { // it may never come to report this itself
        run.report(end);
      }
      throw end;
    } finally {
      run.monitor.close();
    }
  }

  private TrainingResult runAndReport() {
    try (Lease taken = directory.take(resume, leaseRequest())) {
      directory = directory.behind(taken);
      lease = taken;
      directory.prepare(resume);
      return runUnderLease();
    }
  }

  private Lease.Request leaseRequest() {
    String command = "train " + config.name() + (resume ? " --resume" : "");
    return new Lease.Request("the run directory " + directory.location(), command, this::pause);
  }

  /** Between two looks at the lease of another. */
  private void pause(long millis) throws IOException {
    if (stop.origin().isPresent()) {
      throw ResumableException.beforeTraining(stop.origin().get());
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) { // only whoever owns the run's thread may, and nobody does
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another's lease was looked at");
    }
  }

  private TrainingResult runUnderLease() {
    try {
      TrainingResult result = run();
      if (config.store().isEmpty()) {
        directory.deleteData();
      }
      RunReport.completed(directory, result, spacing, monitor);
      return result;
    } catch (RuntimeException | Error failure) {
      report(failure);
      throw failure;
    } catch (IOException failure) {
      report(failure);
      throw new UncheckedIOException("cannot write to " + directory.location(), failure);
    }
  }

  /** A run that was refused before it was taken up keeps the status it had. */
  private void report(Throwable failure) {
    requireLease(failure);
    if (!resume || begun || !hasStatus()) {
      RunReport.failed(directory, failure, stop.isAsked(), made, spacing, monitor);
    }
  }

  /**
   * A run that has lost its lease fails in many ways, since another deletes what it reads; that it
   * is lost says all, and how the run ends is its successor's to tell.
   */
  private void requireLease(Throwable failure) {
    try {
      lease.require();
    } catch (LeaseException lost) {
      lost.addSuppressed(failure);
      throw lost;
    } catch (IOException unknown) {
      LOG.debug("whether the lease is still held is not known", unknown);
    }
  }

  private boolean hasStatus() {
    try {
      return directory.storage().exists(directory.status());
    } catch (IOException unknown) {
      return true;
    }
  }

  private TrainingResult run() throws IOException {
    if (!resume) {
      writeConfig();
    }
    Engines.requirePossible(config);
    try (Sessions spark = whileWaiting("Spark started", () -> Sessions.forRun(config))) {
      Optional<WarmStart> start = whileWaiting("the model to start from was read", this::warmStart);
      SourceRecord source = new SourceRecord(directory);
      Reading reading = resume ? source.reading(version) : new Reading(version);
      RunData data =
          whileWaiting(
              "its data were read",
              () ->
                  WarmStart.read(
                      start, config, reading, spark.dataStore(config, directory.data())));
      spacing = data.encoded().spacing();
      spacing.filter(found -> !found.isEven()).ifPresent(this::tell);
      TrainingSession session = new TrainingSession(config, data, start, spark, stop);
      CheckpointStore checkpoints = checkpoints();
      if (resume) {
        takeUp(session, start, reading, checkpoints);
      }
      if (reading.snapshot().isPresent()) {
        source.write(reading.snapshot().get());
      }
      if (start.isPresent()) {
        start.get().record(directory);
      }
      begun = true;
      made = RunReport.Made.of(session.state());
      try (TrainingEngine engine = whileWaiting("its engine was opened", session::openEngine)) {
        train(session, engine, checkpoints);
      }
      return finish(session, checkpoints);
    }
  }

  private void takeUp(
      TrainingSession session,
      Optional<WarmStart> start,
      Reading reading,
      CheckpointStore checkpoints)
      throws IOException {
    Resumption resumption =
        new Resumption(checkpoints, directory, config, session.description(), reading.snapshot());
    boolean hasWeights = resumption.resume(session.state());
    boolean mayBegin = !hasWeights || goesBack();
    if (start.isPresent() && mayBegin) {
      start.get().requireWeights();
    }
    writeConfig(); // only now: a refused configuration must not stand for the run's own
    directory.takeUp();
  }

  private Optional<WarmStart> warmStart() {
    return resume ? WarmStart.resumed(config, directory) : WarmStart.of(config);
  }

  /** Something that writes nothing, so it is broken off when the run is asked to stop. */
  private <T> T whileWaiting(String what, Supplier<T> section) {
    return stop.breakable(
        Duration.ZERO, section, origin -> ResumableException.brokenOff(what, origin));
  }

  /** Uneven steps matter most where something is looked up a number of steps away. */
  private void tell(Spacing uneven) {
    boolean forecasts =
        config.data() instanceof TableSpec table && table.target().horizon().steps() > 0;
    LOG.atLevel(forecasts ? Level.WARN : Level.INFO).log(uneven.describe());
  }

  private void writeConfig() throws IOException {
    byte[] yaml = ResolvedConfig.toYaml(config).getBytes(StandardCharsets.UTF_8);
    directory.storage().replace(directory.config(), yaml);
  }

  private void train(TrainingSession session, TrainingEngine engine, CheckpointStore checkpoints)
      throws IOException {
    LOG.info("{}", session.summary());
    int epochs = config.training().length().epochs().orElse(0);
    Progress progress = Progress.onConsole(epochs, session.length().totalSteps());
    MetricsLog log = openLog(session.state().step());
    List<MetricsSink> sinks = monitor.open(config, directory, beginning(session, engine));
    try (RunObserver observer = new RunObserver(log, progress, session.diagnosedSteps(), sinks);
        BackgroundCheckpointer saver =
            new BackgroundCheckpointer(
                checkpoints,
                config.training(),
                session.description(),
                session::beginning,
                session.divergedSteps(directory),
                observer)) {
      session.train(engine, saver, observer);
    } finally {
      made = RunReport.Made.of(session.state());
    }
  }

  private static RunMonitor.Beginning beginning(TrainingSession session, TrainingEngine engine) {
    return new RunMonitor.Beginning(
        session.state().step(), session.length().totalSteps(), engine.gradients()::mended);
  }

  /** Whether the run may go back, to its beginning at last. */
  private boolean goesBack() {
    return config.training().update().onNonFinite() instanceof OnNonFinite.Rollback;
  }

  private CheckpointStore checkpoints() {
    Optional<CheckpointConfig> due = config.training().checkpoint();
    int keep = due.map(CheckpointConfig::keep).orElse(1);
    int every = goesBack() ? due.map(CheckpointConfig::everySteps).orElse(1) : 1;
    return new CheckpointStore(directory.models(), directory.checkpoints(), keep, every);
  }

  private MetricsLog openLog(long made) throws IOException {
    String implementation = OpsProvider.get().name();
    return resume
        ? MetricsLog.resume(directory.storage(), directory.metrics(), made, implementation)
        : MetricsLog.create(directory.storage(), directory.metrics(), implementation);
  }

  private TrainingResult finish(TrainingSession session, CheckpointStore checkpoints)
      throws IOException {
    Parameters result = session.result();
    TrainingSession.Scored scored = scored(session, checkpoints, result);
    SortedMap<String, Double> metrics = scored.metrics();
    metrics.putAll(session.state().repairs().counts());
    scored.evaluation().ifPresent(report -> RunReport.evaluated(directory, report));
    scored.examples().ifPresent(examples -> RunReport.shown(directory, examples));
    ModelDescription description = description(session, scored);
    ObjectNode data = DataNotes.json(session.data().encoded());
    RunReport.card(directory, config, description, scored, data);
    // last, so that a run with a model lacks nothing but its status
    RunReport.publish(directory, description, scored.weights());
    return new TrainingResult(
        directory.location(), session.state().step(), WeightsHash.of(result), metrics, data);
  }

  /** What the model tells of itself, with what only its scores decide. */
  private static ModelDescription description(
      TrainingSession session, TrainingSession.Scored scored) {
    ModelDescription trained = session.description().with(scored.weights().layout().spec());
    return FinalMetrics.threshold(scored.metrics())
        .map(threshold -> trained.with(Threshold.KEY, threshold.text()))
        .orElse(trained);
  }

  /** Scores the result; broken off, the state after the last step is saved. */
  private TrainingSession.Scored scored(
      TrainingSession session, CheckpointStore checkpoints, Parameters result) throws IOException {
    try {
      return whileWaiting("its result was evaluated", () -> session.scored(result));
    } catch (ResumableException broken) {
      TrainingState state = session.state();
      new WriteRetry()
          .write(
              checkpoints.name(state.step()),
              () -> checkpoints.save(new StateCopy(session.description()).take(state)));
      throw ResumableException.stopped(state.step(), stop.origin().orElse("a request"));
    }
  }
}

package io.hindsight.driver.monitoring.mlflow;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.monitoring.mlflow.MlflowRun.Presentation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends what waits: the run's beginning, its figures every few seconds and with
 * each checkpoint, and its end. A call that fails is made again some seconds later; one that the
 * server refuses for good ends it. Either is told once.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final long PAUSE_MILLIS = 5_000;
  private static final long PAUSE_AT_END_MILLIS = 1_000;
  private static final int TRIES_AT_END = 3;

  private final RestClient client;
  private final TrackingServer server;
  private final Presentation presentation;
  private final RunDirectory directory;
  private final Outbox outbox;
  private final Thread thread = DaemonThreads.create("hindsight-mlflow", this::run);

  private RunRecord run; // of the server; null until it is known there
  private long resumedFrom; // updates whose figures were sent by an earlier process
  private List<Figure> unsent = List.of();
  private int triesAtEnd;
  private volatile boolean warned;

  private boolean awake; // guarded by this, as what follows
  private StatusFile end; // null until then
  private boolean isDone;

  Sender(RestClient client, Presentation presentation, RunDirectory directory, Outbox outbox) {
    this.client = client;
    this.presentation = presentation;
    this.directory = directory;
    this.outbox = outbox;
    server = new TrackingServer(client);
  }

  void start() {
    thread.start();
  }

  /** Has what waits sent now. */
  synchronized void wake() {
    awake = true;
    notifyAll();
  }

  /** Has all sent that is left, and the end; what is not within patience is left behind. */
  synchronized void end(StatusFile status, Duration patience) {
    end = status;
    wake();
    long until = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); !isDone && left > 0; ) {
        wait(left);
        left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!isDone) {
      isDone = true;
      warn("could not be told of the end of the run", new IOException("it takes too long"));
    }
  }

  /** Ends without a word: it is another's run now. */
  synchronized void abandon() {
    isDone = true;
    notifyAll();
  }

  private void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        Optional<StatusFile> ending = awaitWork();
        goesOn = !sent(ending);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      warn("is told no more of the run", e);
    } finally {
      finish();
    }
  }

  private synchronized void finish() {
    isDone = true;
    notifyAll();
  }

  private synchronized boolean isLeftBehind() {
    return isDone;
  }

  private synchronized Optional<StatusFile> awaitWork() throws InterruptedException {
    if (!awake && !isDone) {
      wait(end == null ? PAUSE_MILLIS : PAUSE_AT_END_MILLIS);
    }
    awake = false;
    return Optional.ofNullable(end);
  }

  /**
   * Sends what there is.
   *
   * @return whether nothing will ever be left
   * @throws IOException if it is of no use to try again
   */
  private boolean sent(Optional<StatusFile> ending) throws IOException {
    if (isLeftBehind()) {
      return true;
    }
    try {
      present();
      sendFigures();
      if (ending.isPresent()) {
        tellEnd(ending.get());
      }
      return ending.isPresent();
    } catch (MlflowException failure) {
      boolean givesUp = ending.isPresent() && ++triesAtEnd == TRIES_AT_END;
      if (!failure.mayPass() || givesUp) {
        throw failure;
      }
      warn("does not answer; training goes on, and it is told later", failure);
      return false;
    }
  }

  private void present() throws IOException {
    if (run == null) {
      run = known();
    }
    if (!run.presented()) {
      server.parameters(run.id(), presentation.parameters());
      server.tags(run.id(), Map.of("hindsight.config_sha256", presentation.fingerprint()));
      run = run.asPresented();
      run.write(directory);
    }
  }

  /** The run of the server that this is, or goes on with. */
  private RunRecord known() throws IOException {
    Optional<RunRecord> before = RunRecord.read(directory);
    if (before.isPresent()) {
      server.update(before.get().id(), "RUNNING", Optional.empty());
      resumedFrom = before.get().sent();
      return before.get();
    }
    String experiment = server.experiment(presentation.experiment());
    RunRecord begun = server.begin(experiment, presentation.name(), presentation.startMillis());
    begun.write(directory);
    return begun;
  }

  private void sendFigures() throws IOException {
    long before = run.sent();
    while (!unsent.isEmpty() || !outbox.isEmpty()) {
      if (unsent.isEmpty()) {
        unsent = outbox.take(TrackingServer.MOST_METRICS);
      }
      List<Figure> fresh = unsent.stream().filter(each -> each.updates() > resumedFrom).toList();
      if (!fresh.isEmpty()) {
        server.metrics(run.id(), fresh);
      }
      run =
          run.sentTo(
              unsent.stream().filter(Figure::isRegular).mapToLong(Figure::updates).max().orElse(0));
      unsent = List.of();
    }
    if (run.sent() > before) {
      run.write(directory);
    }
  }

  private void tellEnd(StatusFile status) throws IOException {
    Map<String, String> tags = new TreeMap<>();
    tags.put("hindsight.state", status.state());
    tags.put("hindsight.exit_code", String.valueOf(status.exitCode()));
    status.weightsSha256().ifPresent(hash -> tags.put("hindsight.weights_sha256", hash));
    server.tags(run.id(), tags);
    server.update(run.id(), word(status.state()), Optional.of(System.currentTimeMillis()));
    if (TrackingServer.takesFiles(run)) {
      try {
        new RunFiles(directory).sendTo(server, run);
      } catch (IOException failure) { // the figures are there
        warn("was not given the files of the run", failure);
      }
    }
  }

  private static String word(String state) {
    return switch (state) {
      case "completed" -> "FINISHED";
      case "interrupted" -> "KILLED";
      default -> "FAILED";
    };
  }

  private void warn(String what, Exception failure) {
    if (!warned) {
      warned = true;
      LOG.warn("MLflow at {} {}: {}", client.address(), what, failure.getMessage());
    } else {
      LOG.debug("MLflow at {} {}", client.address(), what, failure);
    }
  }
}

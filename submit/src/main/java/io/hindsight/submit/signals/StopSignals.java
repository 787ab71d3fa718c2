package io.hindsight.submit.signals;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.train.StopRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into a request to stop: the running step ends, the state is
 * saved, and the process ends by itself. A second SIGINT ends it at once.
 *
 * <p>A shutdown hook would come too late: hooks run all at once, so Spark's would stop the session
 * under the running step, and the process could not choose its exit code. A signal that was ignored
 * when the process started, as {@code nohup} does, stays ignored. Java has no other way to take a
 * signal than the class that the compiler warns of; Spark and Hadoop take theirs by it, too.
 */
public final class StopSignals implements StopRequest, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final int PATIENCE_SECONDS = 60;
  private static final int INTERRUPTED = 130;

  private final AtomicReference<String> first = new AtomicReference<>();
  private final CompletableFuture<Void> request = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private StopSignals() {}

  /** Takes the signals from now on until it is closed. */
  public static StopSignals install() {
    StopSignals signals = new StopSignals();
    List.of("TERM", "INT", "HUP").forEach(signals::take);
    return signals;
  }

  private void take(String name) {
    try {
      Signal signal = new Signal(name);
      SignalHandler old = Signal.handle(signal, this::receive);
      if (old.equals(SignalHandler.SIG_IGN)) {
        Signal.handle(signal, SignalHandler.SIG_IGN);
      } else {
        before.put(signal, old);
      }
    } catch (IllegalArgumentException notOurs) { // unknown to the system, or kept by java -Xrs
      LOG.info("SIG{} ends the process without a checkpoint: {}", name, notOurs.getMessage());
    }
  }

  private void receive(Signal signal) {
    if (first.compareAndSet(null, "SIG" + signal.getName())) {
      LOG.warn("SIG{}: stopping after the running step, or in 5 s", signal.getName());
      DaemonThreads.start("hindsight-stop", this::endInAnyCase);
      request.complete(null);
    } else if (signal.getName().equals("INT")) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
  }

  private void endInAnyCase() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.error(
            "the run has not stopped within {} s; ending it. Continue from its newest checkpoint with --resume",
            PATIENCE_SECONDS);
        System.exit(ExitCode.RETRYABLE.code());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<String> origin() {
    return Optional.ofNullable(first.get());
  }

  @Override
  public void onRequest(Runnable listener) {
    request.thenRun(listener);
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    ended.countDown();
    before.forEach(Signal::handle);
  }
}

package io.hindsight.driver.retrain;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.driver.retrain.report.EndOfRun;
import io.hindsight.driver.retrain.report.EndOfRun.End;
import io.hindsight.driver.retrain.report.EndReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells others how a run ended. */
final class RunEnd {
  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);
  private static final String DRIFT = "data.drift:";

  private final Registry registry;
  private final EndReport report;
  private final Clock clock;
  private final long started = System.nanoTime();

  /** Of a run that begins now. */
  RunEnd(Registry registry, RunConfig config, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    report = new EndReport(registry.storage(), registry.location(), config.hooks());
  }

  /** After an outcome. */
  void tell(RetrainResult result) {
    tell(
        End.valueOf(result.outcome().name()),
        result.status(),
        result.profile().map(DataProfile::rows),
        result.blessing().flatMap(RunEnd::drift));
  }

  /** After a failure. */
  void tell(RetrainStatus status) {
    tell(
        End.valueOf(status.state().toUpperCase(Locale.ROOT)),
        status,
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<Double> drift(Blessing blessing) {
    return blessing.checks().stream()
        .filter(check -> check.name().startsWith(DRIFT))
        .map(Blessing.Check::value)
        .max(Double::compare);
  }

  private void tell(End end, RetrainStatus status, Optional<Long> rows, Optional<Double> drift) {
    report.tell(
        new EndOfRun(
            end,
            status.exitCode(),
            Duration.ofNanos(System.nanoTime() - started),
            clock.instant(),
            champion(),
            rows,
            drift,
            facts(end, status),
            json(status)));
  }

  /** A registry that cannot be read changes nothing of how the run ended. */
  private Optional<Instant> champion() {
    try {
      Optional<Pointer> state = registry.state();
      return state.isPresent()
          ? Optional.of(registry.describe(state.get()).published())
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.debug("which version is the champion cannot be read", e);
      return Optional.empty();
    }
  }

  private Map<String, String> facts(End end, RetrainStatus status) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("HINDSIGHT_EVENT", end.name().toLowerCase(Locale.ROOT));
    facts.put("HINDSIGHT_REGISTRY", registry.location());
    facts.put("HINDSIGHT_RUN_KEY", status.key());
    facts.put("HINDSIGHT_VERSION", status.version().orElse(""));
    facts.put("HINDSIGHT_REASON", status.reason());
    facts.put("HINDSIGHT_EXIT_CODE", String.valueOf(status.exitCode()));
    return facts;
  }

  private static byte[] json(RetrainStatus status) {
    try {
      return status.toJson();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON in memory cannot be written", e);
    }
  }
}

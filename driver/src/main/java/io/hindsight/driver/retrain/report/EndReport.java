package io.hindsight.driver.retrain.report;

import io.hindsight.driver.config.HooksConfig;
import io.hindsight.driver.retrain.report.EndOfRun.End;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others how retrainings of a registry end. What goes wrong with it is told in the log, and
 * changes nothing of the run.
 */
public final class EndReport {
  private static final Logger LOG = LoggerFactory.getLogger(EndReport.class);
  private static final double MILLIS = 1000;

  private final Storage storage;
  private final String registry;
  private final HooksConfig hooks;

  /**
   * Of a registry.
   *
   * @param registry its location
   * @param hooks commands of the configuration
   */
  public EndReport(Storage storage, String registry, HooksConfig hooks) {
    this.storage = storage;
    this.registry = registry;
    this.hooks = hooks;
  }

  /** Tells how a run ended: in {@code metrics.prom}, then by a command. */
  public void tell(EndOfRun run) {
    String file = registry + "/" + MetricsText.NAME;
    try {
      MetricsText metrics = read(file);
      add(metrics, run);
      storage.replace(file, metrics.toBytes());
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot write {}: {}", file, e.toString());
    }
    run.end()
        .event()
        .flatMap(hooks::command)
        .ifPresent(
            command -> {
              String event = run.end().name().toLowerCase(Locale.ROOT);
              new HookRunner().run(event, command, run.facts(), run.status());
            });
  }

  private MetricsText read(String file) throws IOException {
    return storage.exists(file)
        ? MetricsText.parse(storage.read(file), registry)
        : new MetricsText(registry);
  }

  private static void add(MetricsText metrics, EndOfRun run) {
    double now = run.ended().toEpochMilli() / MILLIS;
    metrics.set(MetricsText.LAST_ATTEMPT, now).count(MetricsText.ATTEMPTS);
    metrics.set(MetricsText.EXIT, run.exitCode());
    metrics.set(MetricsText.DURATION, run.took().toMillis() / MILLIS);
    run.rows().ifPresent(rows -> metrics.set(MetricsText.ROWS, rows));
    run.drift().ifPresent(drift -> metrics.set(MetricsText.DRIFT, drift));
    if (run.end().isVerdict()) {
      metrics.set(MetricsText.LAST_SUCCESS, now);
    }
    if (run.end() == End.PROMOTED) {
      metrics.set(MetricsText.LAST_PROMOTION, now);
    }
    run.champion().ifPresent(at -> metrics.set(MetricsText.CHAMPION, at.toEpochMilli() / MILLIS));
    countIf(metrics, run.end() == End.PROMOTED, MetricsText.PROMOTED);
    countIf(metrics, run.end() == End.PUBLISHED, MetricsText.PUBLISHED);
    countIf(metrics, run.end() == End.UNCHANGED, MetricsText.UNCHANGED);
    countIf(metrics, run.end() == End.REJECTED, MetricsText.REJECTED);
    countIf(metrics, run.end() == End.FAILED, MetricsText.FAILED);
    countIf(metrics, run.end() == End.LATE, MetricsText.LATE);
  }

  /** A counter that stands at 0 from the beginning can be alerted on. */
  private static void countIf(MetricsText metrics, boolean happened, String name) {
    if (happened) {
      metrics.count(name);
    } else {
      metrics.set(name, metrics.get(name));
    }
  }
}

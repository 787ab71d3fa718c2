package io.hindsight.submit.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.spec.RetrainWindow;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.Instants;
import io.hindsight.driver.config.RunConfig;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which window of the data is read: its two ends, or one time that it is counted back from. */
final class WindowOptions {
  private static final String MIDNIGHT = "midnight";
  private static final String HOUR = "hour";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "The start of the window, in UTC, such as 2026-05-01T00:00:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "INSTANT", description = "Its end, which is not part of it.")
  private String to;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description =
          "In place of both: the window ends data.window.lag before this time and is"
              + " data.window.length long. 'midnight' and 'hour' are the last full ones in"
              + " data.window.zone, by the clock of this machine.")
  private String asOf;

  /**
   * The window.
   *
   * @throws ParameterException if the options name none
   */
  TimeWindow window(RunConfig config) {
    if ((from == null) != (to == null)) {
      throw wrong("--from and --to belong together; give both, or --as-of");
    }
    if ((from == null) == (asOf == null)) {
      throw wrong("the window of the data is needed: --from and --to, or --as-of alone");
    }
    return from != null ? between() : before(config);
  }

  private TimeWindow between() {
    Instant start = Instants.parse(from, "--from");
    Instant end = Instants.parse(to, "--to");
    if (!start.isBefore(end)) {
      throw wrong("--from must be before --to, but is %s, and --to %s".formatted(from, to));
    }
    return new TimeWindow(start, end);
  }

  private TimeWindow before(RunConfig config) {
    RetrainWindow window =
        retrain(config)
            .orElseThrow(
                () ->
                    wrong(
                        "--as-of needs data.window: {length: …} in the configuration; add it, or give --from and --to"));
    return window.before(time(window));
  }

  private static Optional<RetrainWindow> retrain(RunConfig config) {
    return config.data() instanceof TableSpec table ? table.scope().retrain() : Optional.empty();
  }

  private Instant time(RetrainWindow window) {
    ZonedDateTime now = Instant.now().atZone(window.zone());
    return switch (asOf) {
      case MIDNIGHT -> now.truncatedTo(ChronoUnit.DAYS).toInstant();
      case HOUR -> now.truncatedTo(ChronoUnit.HOURS).toInstant();
      default -> Instants.parse(asOf, "--as-of");
    };
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}

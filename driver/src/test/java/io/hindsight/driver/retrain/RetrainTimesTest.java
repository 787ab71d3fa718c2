package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RetrainRuns;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.driver.retrain.folder.RunKey;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Retrainings by their times: late, of the past, of a zone, and where clocks are wrong. */
class RetrainTimesTest {
  @RegisterExtension static final ForTables SESSION = new ForTables();
  @TempDir private Path folder;
  private Wave wave;

  @BeforeEach
  void write() throws IOException {
    wave = new Wave(folder);
  }

  private static RetrainResult run(RetrainRequest request) {
    return Retraining.run(request, StopRequest.NEVER);
  }

  @Test
  void shouldCallAWindowLateUntilItsDataIsThere() throws IOException {
    RetrainRequest early = wave.request(Wave.window(3 * Wave.LENGTH), wave.config());
    RetrainResult late = run(early);
    assertEquals(Outcome.LATE, late.outcome());
    assertEquals(ExitCode.LATE, late.outcome().exitCode(false));
    assertEquals(List.of(), wave.open().list());
    assertEquals("late", RetrainRuns.of(wave.open()).get(0).status().state());
    wave.grow(2 * Wave.LENGTH);
    assertEquals(Outcome.PROMOTED, run(early).outcome());
  }

  @Test
  void shouldMakeAVersionOfThePastWithoutPromotingIt() throws IOException {
    RetrainRequest request = wave.request();
    RetrainResult made =
        run(
            new RetrainRequest(
                request.config(),
                request.registry(),
                request.window(),
                Optional.of(RunKey.given("backfill-1")),
                request.start(),
                false));
    assertEquals(Outcome.PUBLISHED, made.outcome());
    assertTrue(made.status().version().orElseThrow().startsWith("backfill-1-"));
    assertEquals(Optional.empty(), wave.open().state());
  }

  @Test
  void shouldTellTheAgeOfRowsWhoseTimesAreOfAZone() throws IOException {
    String limit = "gate.data={freshness: PT6H}";
    Wave west = new Wave(folder, "America/Los_Angeles");
    RetrainResult fresh = run(west.request(limit));
    assertEquals(Outcome.PROMOTED, fresh.outcome(), fresh.status().reason());
    assertEquals(1.0, age(fresh));
    DataProfile profile = wave.open().champion().version().data().profile().orElseThrow();
    assertEquals("2026-01-10T23:00:00Z", profile.latest());

    Wave east = new Wave(folder, "Pacific/Auckland");
    RetrainResult late = run(east.request(Wave.window(Wave.LENGTH + 7), east.config(limit)));
    assertEquals(Outcome.LATE, late.outcome(), late.status().reason());
    assertTrue(late.status().reason().contains("2026-01-10T23:00:00Z"), late.status().reason());
  }

  private static double age(RetrainResult result) {
    return result.blessing().orElseThrow().checks().stream()
        .filter(check -> check.name().equals("data.freshness"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void shouldGoOnAndAnswerTheSameWhereTheClockIsSetBack() throws IOException {
    RetrainResult first = run(wave.request(), "2030-06-01T00:00:00Z");
    RetrainStatus status = first.status();
    assertEquals(Outcome.PROMOTED, first.outcome(), status.reason());
    assertEquals(status.started(), status.updated(), "it was set back before anything was told");
    assertTrue(metric("duration_seconds") > 0);

    RetrainResult again = run(wave.request(), "2020-06-01T00:00:00Z");
    assertEquals(Outcome.UNCHANGED, again.outcome());
    assertEquals(status, again.status());

    wave.grow(24);
    RetrainResult next = run(wave.request(), "2020-06-01T00:00:00Z");
    assertEquals(Outcome.PROMOTED, next.outcome(), next.status().reason());
    assertEquals(next.status().version(), Optional.of(wave.champion()));
    assertEquals(wave.champion(), wave.open().list().get(0).id(), "the newest");
    assertTrue(metric("duration_seconds") > 0);
    assertEquals(3, metric("attempts_total"));
  }

  private static RetrainResult run(RetrainRequest request, String start) {
    Clock clock = new JumpingClock(Instant.parse(start), Duration.ofHours(1));
    return Retraining.run(request, StopRequest.NEVER, clock);
  }

  private double metric(String name) throws IOException {
    return Files.readAllLines(Path.of(wave.registry(), "metrics.prom")).stream()
        .filter(line -> line.startsWith("hindsight_retrain_" + name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}

package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole retrainings on poisoned and on clean data. All kinds of poison, and more clean samples,
 * with {@code -Dhindsight.poisons=30 -Dhindsight.samples=34}.
 */
@Tag("first-compiler")
class GateTrialsIT {
  private static final int POISONS = Integer.getInteger("hindsight.poisons", 3);
  private static final int SAMPLES = Integer.getInteger("hindsight.samples", 2);
  private static final int EVERY = 11; // prime to the number of kinds, so that all come in turn
  private static TestSession session;
  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void start() {
    session.sessions().session();
  }

  @Test
  void shouldPublishNothingThatIsPoisoned() throws IOException {
    for (int i = 0; i < Math.min(POISONS, Poison.values().length); i++) {
      Poison poison = Poison.values()[i * EVERY % Poison.values().length];
      Path place = Files.createDirectory(folder.resolve(poison.name()));
      Loads loads = new Loads(place, 1);
      loads.write(loads.rows());
      assertEquals(Outcome.PROMOTED, run(loads.request(0)).outcome());
      Registry registry = Registry.open(loads.request(0).registry());
      List<Loads.Row> rows = loads.rows();
      poison.spoil(rows);
      loads.write(rows);
      String reason = refusal(loads.request(1));
      System.out.printf("GateTrialsIT: %s: %s%n", poison, reason);
      assertEquals(1, registry.list().size(), poison + ": " + reason);
      assertTrue(Pattern.compile(poison.reason).matcher(reason).find(), poison + ": " + reason);
    }
  }

  /** Why nothing was published. */
  private static String refusal(RetrainRequest request) {
    try {
      RetrainResult result = run(request);
      return result.outcome().word() + ": " + result.status().reason();
    } catch (DataException refused) {
      return "refused: " + refused.getMessage();
    }
  }

  @Test
  void shouldSeldomRejectWhatIsClean() throws IOException {
    List<String> rejected = new ArrayList<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      Loads loads = new Loads(Files.createDirectory(folder.resolve("clean-" + sample)), sample);
      loads.write(loads.rows());
      for (int window = 0; window < 2; window++) {
        RetrainResult result = run(loads.request(window));
        if (result.outcome() != Outcome.PROMOTED) {
          rejected.add(sample + "/" + window + " " + result.status().reason());
        }
      }
    }
    System.out.printf("GateTrialsIT: %d clean, rejected %s%n", 2 * SAMPLES, rejected);
    assertTrue(rejected.size() <= Math.max(1, SAMPLES / 25), rejected.toString());
  }

  private static RetrainResult run(RetrainRequest request) {
    return Retraining.run(request, StopRequest.NEVER);
  }
}

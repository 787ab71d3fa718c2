package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole retrainings on poisoned data: all kinds of poison with {@code -Dhindsight.poisons=30}, on
 * other loads with {@code -Dhindsight.seed=2}.
 */
class GateTrialsIT {
  private static final int POISONS = Integer.getInteger("hindsight.poisons", 3);
  private static final int SEED = Integer.getInteger("hindsight.seed", 1);
  private static final int EVERY = 11; // prime to the number of kinds, so that all come in turn
  @RegisterExtension static final ForTables SESSION = new ForTables();
  @TempDir private Path folder;

  @Test
  void shouldPublishNothingThatIsPoisoned() throws IOException {
    for (int i = 0; i < Math.min(POISONS, Poison.values().length); i++) {
      Poison poison = Poison.values()[i * EVERY % Poison.values().length];
      Path place = Files.createDirectory(folder.resolve(poison.name()));
      Loads loads = new Loads(place, SEED);
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

  private static RetrainResult run(RetrainRequest request) {
    return Retraining.run(request, StopRequest.NEVER);
  }
}

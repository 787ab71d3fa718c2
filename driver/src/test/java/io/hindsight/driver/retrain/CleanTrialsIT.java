package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole retrainings on clean data, of which nearly all must be published: more of each source with
 * {@code -Dhindsight.samples=100}.
 */
class CleanTrialsIT {
  private static final int SAMPLES = Integer.getInteger("hindsight.samples", 1);
  @RegisterExtension static final ForTables SESSION = new ForTables();
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldSeldomRejectWhatIsClean(CleanSample.Source source) throws IOException {
    List<String> rejected = new ArrayList<>();
    for (int number = 0; number < SAMPLES; number++) {
      Path place = Files.createDirectory(folder.resolve(source + "-" + number));
      CleanSample sample = source.draw(place, number);
      String registry = place.resolve("registry").toString();
      assertEquals(Outcome.PROMOTED, run(sample.request(registry, 0)).outcome());
      RetrainResult result = run(sample.request(registry, 1));
      if (result.outcome() != Outcome.PROMOTED) {
        rejected.add(number + ": " + result.status().reason());
      }
      System.out.printf(
          "CleanTrialsIT: %s %d: %s %s%n",
          source, number, result.outcome(), result.status().reason());
      Registry.open(registry).list().get(0).blessing().checks().stream()
          .filter(check -> check.name().startsWith("model."))
          .forEach(check -> System.out.println("CleanTrialsIT:   " + check));
    }
    System.out.printf("CleanTrialsIT: %s: %d clean, rejected %s%n", source, SAMPLES, rejected);
    assertTrue(rejected.size() <= Math.max(1, SAMPLES / 50), rejected.toString());
  }

  private static RetrainResult run(RetrainRequest request) {
    return Retraining.run(request, StopRequest.NEVER);
  }
}

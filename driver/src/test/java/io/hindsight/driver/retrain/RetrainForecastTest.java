package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.retrain.RetrainRequest.Start;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retrainings of forecasts of several steps ahead, whose errors are scaled. */
class RetrainForecastTest {
  @RegisterExtension static final ForTables SESSION = new ForTables();
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recursive, output: {quantiles: [0.1, 0.5, 0.9], conformal: true}",
        "direct, output: {distribution: gaussian}"
      })
  void shouldTrainTheChampionFurtherAndJudgeAllStepsAhead(String forecast) throws IOException {
    Wave wave = new Wave(folder);
    RetrainResult first = run(wave.request(settings(forecast)));
    assertEquals(Outcome.PROMOTED, first.outcome(), first.status().reason());
    String champion = wave.champion();

    wave.grow(24);
    RunConfig config = wave.config(settings(forecast));
    RetrainRequest further =
        new RetrainRequest(
            config,
            wave.registry(),
            Wave.window(Wave.LENGTH + 24),
            Optional.empty(),
            new Start(true, 0),
            true);
    RetrainResult next = run(further);

    assertEquals(Outcome.PROMOTED, next.outcome(), next.status().reason());
    String reason = next.status().reason();
    assertTrue(reason.startsWith("mase ") && reason.contains("the champion's "), reason);
    assertTrue(!wave.champion().equals(champion), "the champion is still " + champion);
    ObjectNode judged = wave.open().champion().version().blessing().candidate();
    assertEquals(2 * 48, judged.get("targets").longValue()); // hours that are forecast from
  }

  private static RetrainResult run(RetrainRequest request) {
    return Retraining.run(request, StopRequest.NEVER);
  }

  private static String[] settings(String forecast) {
    int comma = forecast.indexOf(',');
    return new String[] {
      "data.strategy=" + forecast.substring(0, comma),
      "data.horizon=6",
      "data.season=12",
      "data.calendar=[hour]",
      "data.frequency=1h",
      "model.output={at: every-step, " + forecast.substring(comma + 2 + "output: {".length()),
      "gate.model={metric: mase, beats: [last-value], tolerance: 0.5, negligible: 0.5}"
    };
  }
}

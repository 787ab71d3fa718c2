package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataSpec.Scale;
import io.hindsight.datasets.DataSpec.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastBaselinesTest {
  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldReproduceThePublishedErrorsOnTheLast48MonthsOfCo2() {
    EncodedData data = DataReader.fit(Tables.co2(Scale.STANDARDIZE, false, 0), 1, 1);
    ForecastBaselines baselines =
        ForecastBaselines.of(data, data.test(), Optional.of(12)).orElseThrow();

    assertEquals(1.317, baselines.lastValue().rmse(), 5e-4);
    assertEquals(1.773, baselines.seasonalNaive().orElseThrow().rmse(), 5e-4);
    assertEquals(0.370, baselines.autoregression().orElseThrow().rmse(), 5e-4);
    assertTrue(baselines.lastValue().mae() < baselines.lastValue().rmse());
  }

  @Test
  void shouldNotDependOnEncodingOrWindows() {
    EncodedData plain = DataReader.fit(Tables.co2(Scale.NONE, false, 12), 1, 1);
    EncodedData changes = DataReader.fit(Tables.co2(Scale.LOG, true, 12), 1, 1);
    ForecastBaselines expected =
        ForecastBaselines.of(plain, plain.test(), Optional.of(12)).orElseThrow();
    ForecastBaselines actual =
        ForecastBaselines.of(changes, Windows.scoring(changes.test(), 24, 7), Optional.of(12))
            .orElseThrow();

    assertEquals(expected.lastValue().rmse(), actual.lastValue().rmse(), 1e-12);
    assertEquals(expected.seasonalNaive(), actual.seasonalNaive());
    assertEquals(
        expected.autoregression().orElseThrow().rmse(),
        actual.autoregression().orElseThrow().rmse(),
        2e-3);
  }

  @Test
  void shouldFitAShorterAutoregressionWhereASeasonIsTooLongForTheRowsThatAreFitted()
      throws IOException {
    int season = 2016;
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    Random random = new Random(7);
    for (int t = 0; t < 6300; t++) {
      lines.add("a," + t + "," + random.nextGaussian());
    }
    Path file = Files.write(folder.resolve("long-season.csv"), lines);
    DataSpec.Table spec =
        Tables.withSplit(Tables.csv(file.toString()), new Split(Split.By.TIME, 0, 20));
    EncodedData data = DataReader.fit(spec, 1, 1);
    ForecastBaselines baselines =
        ForecastBaselines.of(data, data.test(), Optional.of(season)).orElseThrow();

    assertTrue(Double.isFinite(baselines.autoregression().orElseThrow().rmse()));
  }

  @Test
  void shouldOfferNoBaselineForLabelsOfTheSameStep() {
    EncodedData data =
        DataReader.fit(Tables.withHorizon(Tables.co2(Scale.NONE, false, 0), 0), 1, 1);

    assertTrue(ForecastBaselines.of(data, data.test(), Optional.of(12)).isEmpty());
    assertTrue(ForecastBaselines.of(data, data.validation(), Optional.empty()).isEmpty());
  }
}

package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataSpec.Scale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ForecastBaselinesTest {
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
  void shouldOfferNoBaselineForLabelsOfTheSameStep() {
    EncodedData data =
        DataReader.fit(Tables.withHorizon(Tables.co2(Scale.NONE, false, 0), 0), 1, 1);

    assertTrue(ForecastBaselines.of(data, data.test(), Optional.of(12)).isEmpty());
    assertTrue(ForecastBaselines.of(data, data.validation(), Optional.empty()).isEmpty());
  }
}

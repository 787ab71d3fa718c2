package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.encoded.TargetDecoding;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scale: log} with {@code difference: true}: growth, by numbers worked by hand. */
class LogReturnsTest {
  private static final double[] PRICES = {100, 110, 99, 198, 99, 148.5, 297, 270};

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldReadAndAnswerLogarithmsOfRatios() throws IOException {
    // Training: four steps, which read 1.1, 0.9, 2, 0.5 and are to answer 0.9, 2, 0.5, 1.5.
    EncodedData data = DataReader.fit(prices(1), 1, 1);
    Sequence training = data.training().get(0);
    double mean = Math.log(1.1 * 0.9 * 2 * 0.5) / 4;
    double deviation = deviation(mean, 1.1, 0.9, 2, 0.5);
    double ahead = Math.log(0.9 * 2 * 0.5 * 1.5) / 4;
    double spread = deviation(ahead, 0.9, 2, 0.5, 1.5);

    assertArrayEquals(scaled(mean, deviation, 1.1, 0.9, 2, 0.5), training.features(), 1e-14);
    assertArrayEquals(scaled(ahead, spread, 0.9, 2, 0.5, 1.5), training.targets(), 1e-14);
    Forecast forecast = data.forecast().orElseThrow();
    Sequence test = data.test().get(0);
    // At the last step the present is 297: an answer z means 297 · exp(z · spread + ahead).
    assertEquals(270, forecast.actual(test, 5, 0));
    assertEquals(270, forecast.decode(test, 5, 0, test.targets()[5]), 1e-11);
    assertEquals(297 * Math.exp(ahead), forecast.decode(test, 5, 0, 0), 1e-11);
    assertEquals(297 * Math.exp(ahead - 2 * spread), forecast.decode(test, 5, 0, -2), 1e-11);
  }

  @Test
  void shouldTakeRatiosOverTheHorizon() throws IOException {
    EncodedData data = DataReader.fit(prices(3), 1, 1);
    Sequence training = data.training().get(0);
    double mean = (Math.log(99 / 110.0) + Math.log(148.5 / 99)) / 2;
    double spread = (Math.log(148.5 / 99) - Math.log(99 / 110.0)) / 2;

    assertArrayEquals(new double[] {-1, 1}, training.targets(), 1e-14);
    Forecast forecast = data.forecast().orElseThrow();
    Sequence test = data.test().get(0);
    assertEquals(270, forecast.actual(test, 3, 0));
    assertEquals(99 * Math.exp(mean + 0.5 * spread), forecast.decode(test, 3, 0, 0.5), 1e-11);
  }

  @Test
  void shouldJudgeSimpleForecastsByPrices() throws IOException {
    EncodedData data = DataReader.fit(prices(1), 1, 1);
    ForecastBaselines baselines =
        ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.of(2)).orElseThrow();

    // Test targets 297 and 270, after 148.5 and 297; a season before them 99 and 148.5.
    assertEquals(Math.sqrt((148.5 * 148.5 + 27 * 27) / 2), baselines.lastValue().rmse(), 1e-12);
    assertEquals((148.5 + 27) / 2, baselines.lastValue().mae(), 1e-12);
    assertEquals(
        Math.sqrt((198.0 * 198 + 121.5 * 121.5) / 2),
        baselines.seasonalNaive().orElseThrow().rmse(),
        1e-12);
  }

  @Test
  void shouldPredictPricesBeyondTheEnd() throws IOException {
    TableSpec spec = prices(1);
    EncodedData data = DataReader.fit(spec, 1, 1);
    EncodedInputs inputs = DataReader.inputs(spec, data.encoding(), 1);
    Sequence sequence = inputs.sequences().get(0);
    double ahead = Math.log(0.9 * 2 * 0.5 * 1.5) / 4;

    assertEquals(7, sequence.length());
    assertEquals(
        270 * Math.exp(ahead),
        new TargetDecoding((Encoding.Table) data.encoding())
            .decode(inputs.answered().get(0).series(), 6, 0, 0),
        1e-11);
  }

  @Test
  void shouldRefuseAPriceOfZero() throws IOException {
    TableSpec spec = prices(1, 0.0);
    DataException refusal = assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));

    assertTrue(refusal.getMessage().contains("must be positive, but found 0.0"));
    assertTrue(refusal.getMessage().contains("time 8, column x"), refusal.getMessage());
  }

  /** Eight prices, of which the last targets are the test part. */
  private TableSpec prices(int horizon, double... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (double price : PRICES) {
      lines.add("a," + (lines.size() - 1) + "," + price);
    }
    for (double price : more) {
      lines.add("a," + (lines.size() - 1) + "," + price);
    }
    Path file = Files.write(Files.createTempFile(folder, "prices", ".csv"), lines);
    TableSpec levels = Tables.withHorizon(Tables.csv(file.toString()), horizon);
    TableSpec growth = Tables.withScale(levels, Scale.LOG, true);
    return Tables.withSplit(growth, new Split(Split.By.TIME, 0, 2));
  }

  private static double deviation(double mean, double... ratios) {
    double sum = 0;
    for (double ratio : ratios) {
      sum += (Math.log(ratio) - mean) * (Math.log(ratio) - mean);
    }
    return Math.sqrt(sum / ratios.length);
  }

  private static double[] scaled(double mean, double deviation, double... ratios) {
    double[] scaled = new double[ratios.length];
    for (int i = 0; i < ratios.length; i++) {
      scaled[i] = (Math.log(ratios[i]) - mean) / deviation;
    }
    return scaled;
  }
}

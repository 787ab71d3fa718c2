package io.hindsight.datasets.encoded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
        ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.of(12)).orElseThrow();

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
        ForecastBaselines.of(plain, WindowBlocks.whole(plain.test()), Optional.of(12))
            .orElseThrow();
    ForecastBaselines actual =
        ForecastBaselines.of(
                changes,
                Windows.scoring(WindowBlocks.whole(changes.test()), 24, 7),
                Optional.of(12))
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
    TableSpec spec = Tables.withSplit(Tables.csv(file.toString()), new Split(Split.By.TIME, 0, 20));
    EncodedData data = DataReader.fit(spec, 1, 1);
    ForecastBaselines baselines =
        ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.of(season))
            .orElseThrow();

    assertTrue(Double.isFinite(baselines.autoregression().orElseThrow().rmse()));
  }

  /** Beside them stand figures from nothing but a map from hour to value. */
  @Test
  void shouldLookUpByTheClockWhereRowsAreMissing() throws IOException {
    TreeMap<Integer, Double> load = hourlyLoad(960);
    EncodedData full = data(load);
    Random random = new Random(4);
    load.keySet().removeIf(hour -> hour > 30 && hour < 950 && random.nextInt(100) < 3);
    IntStream.range(600, 607).forEach(load::remove);
    EncodedData data = data(load);
    for (int horizon : new int[] {1, 3}) {
      EncodedData ahead = horizon == 1 ? data : data(load, horizon, false);
      ForecastBaselines actual = baselines(ahead, 24);
      List<Integer> hours = List.copyOf(load.keySet());
      List<Double> last = new ArrayList<>();
      List<Double> season = new ArrayList<>();
      Sequence test = ahead.test().get(0);
      for (int t = test.firstTarget(); t < test.length(); t++) {
        int target = hours.get(t) + horizon;
        if (load.containsKey(target)) {
          last.add(load.get(hours.get(t)) - load.get(target));
        }
        if (load.containsKey(target) && load.containsKey(target - 24)) {
          season.add(load.get(target - 24) - load.get(target));
        }
      }
      assertTrue(season.size() < last.size() && last.size() < 240, "some are missing");
      assertEquals(last.size(), actual.lastValue().steps());
      assertEquals(rmse(last), actual.lastValue().rmse(), 1e-12);
      assertEquals(season.size(), actual.seasonalNaive().orElseThrow().steps());
      assertEquals(rmse(season), actual.seasonalNaive().orElseThrow().rmse(), 1e-12);
    }
    double whole = baselines(full, 24).autoregression().orElseThrow().rmse();
    assertEquals(whole, baselines(data, 24).autoregression().orElseThrow().rmse(), 0.1 * whole);
    double bySteps = baselines(full, 24).seasonalNaive().orElseThrow().rmse();
    assertEquals(bySteps, baselines(data, 24).seasonalNaive().orElseThrow().rmse(), 0.1 * bySteps);
  }

  @Test
  void shouldLookUpByTheClockForChangesAndWindowsToo() throws IOException {
    TreeMap<Integer, Double> load = hourlyLoad(700);
    load.keySet().removeIf(hour -> hour % 31 == 17);
    EncodedData levels = data(load, 2, false);
    EncodedData changes = data(load, 2, true);
    ForecastBaselines expected = baselines(levels, 24);
    WindowBlocks windows = Windows.scoring(WindowBlocks.whole(changes.test()), 24, 7);
    ForecastBaselines actual =
        ForecastBaselines.of(changes, windows, Optional.of(24)).orElseThrow();

    assertEquals(expected.lastValue(), actual.lastValue());
    assertEquals(expected.seasonalNaive(), actual.seasonalNaive());
  }

  @Test
  void shouldOfferNoSeasonalForecastWhereEverySeasonIsCutOut() throws IOException {
    TreeMap<Integer, Double> load = hourlyLoad(600);
    load.keySet().removeIf(hour -> hour / 10 % 2 == 1); // ten hours of twenty
    EncodedData data = data(load, 1, false);
    ForecastBaselines actual =
        ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.of(10)).orElseThrow();

    assertTrue(actual.lastValue().steps() > 0);
    assertTrue(actual.seasonalNaive().isEmpty());
    assertTrue(actual.autoregression().isPresent());
  }

  /** Twelve hours; the last three are forecast, and training ends with the ninth. */
  @Test
  void shouldScaleErrorsByTheChangesOfTheTrainingPartAndFollowItsDrift() throws IOException {
    double[] values = {2, 4, 3, 7, 5, 6, 9, 8, 12, 10, 15, 11};
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (int t = 0; t < values.length; t++) {
      lines.add("a,%d,%s".formatted(t, values[t]));
      lines.add("flat,%d,%s".formatted(t, t < 9 ? 5 : 6));
    }
    Path file = Files.write(folder.resolve("twelve.csv"), lines);
    TableSpec spec = Tables.withSplit(Tables.csv(file.toString()), new Split(Split.By.TIME, 0, 3));
    EncodedData data = DataReader.fit(spec, 1, 1);
    WindowBlocks test = WindowBlocks.whole(data.test());
    ForecastBaselines steps = ForecastBaselines.of(data, test, Optional.empty()).orElseThrow();
    ForecastBaselines seasons = ForecastBaselines.of(data, test, Optional.of(3)).orElseThrow();

    // Errors of the last value: 2, 5 and 4; of 'flat' 1, 0 and 0, which has no scale.
    assertEquals(6, steps.lastValue().steps());
    assertEquals((2 + 5 + 4 + 1) / 6.0, steps.lastValue().mae(), 1e-15);
    // Changes of one step: 2, 1, 4, 2, 1, 3, 1, 4; of three steps: 5, 1, 3, 2, 3, 6.
    assertEquals((2 + 5 + 4) / 3.0 / (18 / 8.0), steps.lastValue().mase(), 1e-15);
    assertEquals((2 + 5 + 4) / 3.0 / (20 / 6.0), seasons.lastValue().mase(), 1e-15);
    // 12 + 10/8, 10 + 8/9 and 15 + 13/10, and 5 + 0, 6 + 1/9 and 6 + 1/10.
    double[] drift = {3.25, 8 / 9.0 - 5, 5.3};
    double sum = 3.25 + (5 - 8 / 9.0) + 5.3;
    assertEquals((sum + 1 + 1 / 9.0 + 0.1) / 6, steps.drift().mae(), 1e-14);
    assertEquals(sum / 3 / (18 / 8.0), steps.drift().mase(), 1e-14);
    double squares = 0;
    for (double error : drift) {
      squares += error * error;
    }
    squares += 1 + 1 / 81.0 + 0.01;
    assertEquals(Math.sqrt(squares / 6), steps.drift().rmse(), 1e-14);
  }

  private EncodedData data(TreeMap<Integer, Double> load) throws IOException {
    return data(load, 1, false);
  }

  private EncodedData data(TreeMap<Integer, Double> load, int horizon, boolean difference)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    LocalDateTime first = LocalDateTime.parse("2022-01-01T00:00:00");
    load.forEach((hour, value) -> lines.add("a,%s,%s".formatted(first.plusHours(hour), value)));
    Path file = Files.write(Files.createTempFile(folder, "load", ".csv"), lines);
    TableSpec spec = Tables.withHorizon(Tables.csv(file.toString()), horizon);
    spec = Tables.withScale(spec, Scale.NONE, difference);
    return DataReader.fit(Tables.withSplit(spec, new Split(Split.By.TIME, 0, 240)), 1, 1);
  }

  private static ForecastBaselines baselines(EncodedData data, int season) {
    return ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.of(season))
        .orElseThrow();
  }

  private static TreeMap<Integer, Double> hourlyLoad(int hours) {
    TreeMap<Integer, Double> load = new TreeMap<>();
    Random random = new Random(11);
    for (int hour = 0; hour < hours; hour++) {
      double daily = 30 * StrictMath.sin(2 * StrictMath.PI * hour / 24);
      load.put(hour, 100 + daily + 2 * random.nextGaussian());
    }
    return load;
  }

  private static double rmse(List<Double> errors) {
    return Math.sqrt(errors.stream().mapToDouble(e -> e * e).average().orElseThrow());
  }

  @Test
  void shouldOfferNoBaselineForLabelsOfTheSameStep() {
    EncodedData data =
        DataReader.fit(Tables.withHorizon(Tables.co2(Scale.NONE, false, 0), 0), 1, 1);

    assertTrue(
        ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.of(12)).isEmpty());
    assertTrue(
        ForecastBaselines.of(data, WindowBlocks.whole(data.validation()), Optional.empty())
            .isEmpty());
  }
}

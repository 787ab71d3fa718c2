package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Horizon.Strategy;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several steps ahead at once, by numbers worked by hand. */
class DirectTargetsTest {
  private static final double NONE = Double.NaN;
  private static final Split LAST_TWO = new Split(Split.By.TIME, 2, 2);

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  private TableSpec table(Scale scale, boolean difference, String... rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    lines.addAll(List.of(rows));
    Path file = Files.write(folder.resolve("table.csv"), lines);
    TableSpec table = Tables.withSplit(Tables.csv(file.toString()), LAST_TWO);
    Horizon three = new Horizon(3, Strategy.DIRECT);
    return Tables.withHorizon(Tables.withScale(table, scale, difference), three);
  }

  /** x_t = t² of ten rows. */
  private TableSpec squares(Scale scale, boolean difference) throws IOException {
    String[] rows = new String[10];
    for (int t = 0; t < rows.length; t++) {
      rows[t] = "a,%d,%d".formatted(t, t * t);
    }
    return table(scale, difference, rows);
  }

  /** The scored rows of targets // (n, 3). */
  private static double[] scored(Sequence sequence) {
    double[] targets = sequence.targets();
    int from = 3 * sequence.firstTarget();
    return Arrays.copyOfRange(targets, from, 3 * sequence.length());
  }

  @Test
  void shouldGiveAStepAllLaterValuesBeforeTheNextPart() throws IOException {
    EncodedData data = DataReader.fit(squares(Scale.NONE, false), 1, 1);
    assertEquals(3, data.outputs());
    assertArrayEquals(
        new double[] {1, 4, 9, 4, 9, 16, 9, 16, 25, 16, 25, NONE, 25, NONE, NONE},
        scored(data.training().get(0)));
    assertArrayEquals(
        new double[] {36, 49, NONE, 49, NONE, NONE}, scored(data.validation().get(0)));
    assertArrayEquals(new double[] {64, 81, NONE, 81, NONE, NONE}, scored(data.test().get(0)));
  }

  @Test
  void shouldRefuseAHorizonThatNoTrainingStepReaches() throws IOException {
    // The training part is rows 0 to 5: at most five steps from the first to the last.
    TableSpec squares = squares(Scale.NONE, false);
    DataReader.fit(Tables.withHorizon(squares, new Horizon(5, Strategy.DIRECT)), 1, 1);
    TableSpec six = Tables.withHorizon(squares, new Horizon(6, Strategy.DIRECT));
    DataException refused = assertThrows(DataException.class, () -> DataReader.fit(six, 1, 1));
    assertTrue(refused.getMessage().contains("the training part"), refused.getMessage());
    assertTrue(refused.getMessage().contains("no row 6 after another"), refused.getMessage());
    assertTrue(refused.getMessage().contains("another data.horizon"), refused.getMessage());
  }

  @Test
  void shouldFitTheScaleToEachLevelOnce() throws IOException {
    EncodedData data = DataReader.fit(squares(Scale.STANDARDIZE, false), 1, 1);
    double mean = (1 + 4 + 9 + 16 + 25) / 5.0;
    Encoding.Table encoding = (Encoding.Table) data.encoding();
    assertEquals(mean, encoding.targetScaling().orElseThrow().column(0).shift(), 1e-14);
    Forecast forecast = data.forecast().orElseThrow();
    Sequence test = data.test().get(0);
    assertEquals(81, forecast.decode(test, 7, 1, test.targets()[3 * 7 + 1]), 1e-12);
    assertEquals(81, forecast.actual(test, 7, 1));
    assertTrue(Double.isNaN(forecast.actual(test, 7, 2)));
  }

  @Test
  void shouldAddChangesToThePresentAtEachHorizon() throws IOException {
    EncodedData data = DataReader.fit(squares(Scale.NONE, true), 1, 1);
    // Step t reads the change to row t + 1; from there on it answers 2t + 3, 4t + 8, 6t + 15.
    assertArrayEquals(
        new double[] {3, 8, 15, 5, 12, 21, 7, 16, NONE, 9, NONE, NONE},
        scored(data.training().get(0)));
    Forecast forecast = data.forecast().orElseThrow();
    assertEquals(81, forecast.decode(data.test().get(0), 6, 1, 32), 1e-12);
  }

  @Test
  void shouldLookUpEachHorizonByTime() throws IOException {
    TableSpec gap =
        table(
            Scale.NONE,
            false,
            "a,0,0",
            "a,1,1",
            "a,2,2",
            "a,3,3",
            "a,5,5",
            "a,6,6",
            "a,7,7",
            "a,8,8",
            "a,9,9",
            "a,10,10",
            "a,11,11");
    Sequence training = DataReader.fit(gap, 1, 1).training().get(0);
    assertArrayEquals(
        new double[] {1, 2, 3, 2, 3, NONE, 3, NONE, 5, NONE, 5, 6},
        Arrays.copyOf(scored(training), 12));
  }

  @Test
  void shouldTellWhatSimpleForecastsReachAtEachHorizon() throws IOException {
    EncodedData data = DataReader.fit(squares(Scale.NONE, false), 1, 1);
    ForecastBaselines found =
        ForecastBaselines.of(data, WindowBlocks.whole(data.test()), Optional.empty()).orElseThrow();
    // Presents 49 and 64: one ahead 64 and 81, two ahead 81.
    assertEquals((15 + 17) / 2.0, found.lastValue().byHorizon().get(0).mae(), 1e-12);
    assertEquals(32, found.lastValue().byHorizon().get(1).mae(), 1e-12);
    assertEquals(2, found.lastValue().byHorizon().size());
    assertEquals(2, found.lastValue().steps());
    // By drift 49 + h · 7 and 64 + h · 8.
    assertEquals((8 + 9) / 2.0, found.drift().byHorizon().get(0).mae(), 1e-12);
    assertEquals(18, found.drift().byHorizon().get(1).mae(), 1e-12);
    assertEquals((8 + 9 + 18) / 3.0, found.drift().mae(), 1e-12);
  }

  @Test
  void shouldTellWhenTheAnswersOfTheLastStepAreFor() throws IOException {
    EncodedData data = DataReader.fit(squares(Scale.NONE, false), 1, 1);
    EncodedInput input =
        DataReader.inputs(squares(Scale.NONE, false), data.encoding(), 1).each().get(0);
    assertEquals(List.of("10", "11", "12"), ((EncodedInput.Encoded) input).targetTimes());
  }
}

package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Horizon.Strategy;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are known ahead, by numbers worked by hand: x is t, and p is 10 t². */
class FutureColumnsTest {
  private static final int STEPS = 6;

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  private TableSpec table(Horizon horizon, boolean difference, int behind) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,p"));
    for (int t = 0; t < STEPS + behind; t++) {
      lines.add("a,%d,%s,%d".formatted(t, t < STEPS ? t : "", 10 * t * t));
    }
    return table(horizon, difference, lines);
  }

  private TableSpec table(Horizon horizon, boolean difference, List<String> lines)
      throws IOException {
    Path file = Files.write(folder.resolve("table.csv"), lines);
    TableSpec table = Tables.withSplit(Tables.csv(file.toString()), new Split(Split.By.TIME, 0, 0));
    return Tables.withHorizon(Tables.withScale(table, Scale.NONE, difference), horizon)
        .with(SideColumns.NONE.withFuture(List.of("p")));
  }

  private static double[] inputs(TableSpec table) {
    EncodedData data = DataReader.fit(table, 1, 1);
    return data.training().get(0).features();
  }

  @Test
  void shouldReadTheRowOfTheTarget() throws IOException {
    assertArrayEquals(
        new double[] {0, 40, 1, 90, 2, 160, 3, 250}, inputs(table(Horizon.of(2), false, 0)));
  }

  @Test
  void shouldReadAllRowsUpToTheHorizon() throws IOException {
    Horizon two = new Horizon(2, Strategy.DIRECT);
    double[] known = {0, 10, 40, 1, 40, 90, 2, 90, 160, 3, 160, 250, 4, 250};
    double[] without = Arrays.copyOf(known, 15);
    assertArrayEquals(without, inputs(table(two, false, 0)));
    double[] with = Arrays.copyOf(known, 15);
    with[14] = 360;
    assertArrayEquals(with, inputs(table(two, false, 1)));
  }

  @Test
  void shouldReadTheChangeFromThePresentWithDifferences() throws IOException {
    Horizon two = new Horizon(2, Strategy.DIRECT);
    // of the steps at rows 1 to 4: x changes by 1, p from 10, 40, 90 and 160 on
    assertArrayEquals(
        new double[] {1, 30, 80, 1, 50, 120, 1, 70, 160, 1, 90, 0}, inputs(table(two, true, 0)));
  }

  @Test
  void shouldFitTheScaleToEachRowOnce() throws IOException {
    TableSpec table = table(new Horizon(2, Strategy.DIRECT), false, 2);
    EncodedData data = DataReader.fit(Tables.withScale(table, Scale.STANDARDIZE, false), 1, 1);
    Encoding.Table encoding = (Encoding.Table) data.encoding();
    // of the five steps that have a target
    assertEquals(60, encoding.inputScaling().column(1).shift(), 1e-12);
    assertEquals(encoding, Encoding.fromJson(encoding.toJson()));
    assertEquals(3, encoding.input().features());
  }

  @Test
  void shouldLookUpByTimeAndFillWhatIsMissing() throws IOException {
    List<String> lines =
        List.of("id,t,x,p", "a,0,0,5", "a,1,1,6", "a,2,2,", "a,3,3,8", "a,5,5,9", "a,6,,7");
    TableSpec table = table(new Horizon(2, Strategy.DIRECT), false, lines);
    MissingRules last = new MissingRules(MissingRule.LAST, new java.util.TreeMap<>());
    Sequence sequence =
        DataReader.fit(table.with(new MissingValues(last, false)), 1, 1).training().get(0);
    // no row is at 4, so the step at 3 has the row at 5 alone
    assertArrayEquals(new double[] {0, 6, 6, 1, 6, 8, 2, 8, 0, 3, 0, 9}, sequence.features());
  }
}

package io.hindsight.datasets.missing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
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

/** Targets that are missing are not scored, and read by nobody. */
class MissingTargetValuesTest {
  private static final double NAN = Double.NaN;
  private static final Split ALL = new Split(Split.By.TIME, 0, 0);
  private static final MissingValues SKIP = new MissingValues(MissingRules.NONE, true);

  @TempDir Path folder;
  private int tables;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldNotScoreAMissingValue() throws IOException {
    TableSpec table = table("a,0,1,1", "a,1,2,", "a,2,3,NaN", "a,3,4,5", "a,4,5,9");
    EncodedData data = fit(table.with(SKIP));
    Sequence sequence = data.training().get(0);
    assertArrayEquals(new double[] {NAN, NAN, 5, 9}, sequence.targets());
    assertFalse(sequence.isScored(0));
    assertTrue(sequence.isScored(2));
    String refusal = assertThrows(DataException.class, () -> fit(table)).getMessage();
    assertTrue(refusal.contains("a number must be finite, but found NaN"), refusal);
    TableSpec scaled = Tables.withScale(table, Scale.STANDARDIZE, false).with(SKIP);
    assertArrayEquals(new double[] {NAN, NAN, -1, 1}, fit(scaled).training().get(0).targets());
  }

  @Test
  void shouldNotAnswerAConstantForAMissingValue() throws IOException {
    TableSpec table = table("a,0,1,7", "a,1,2,7", "a,2,3,", "a,3,4,7", "a,4,5,7");
    TableSpec scaled = Tables.withScale(table, Scale.STANDARDIZE, false).with(SKIP);
    assertArrayEquals(new double[] {0, NAN, 0, 0}, fit(scaled).training().get(0).targets());
  }

  @Test
  void shouldLackAChangeToOrFromAMissingValue() throws IOException {
    TableSpec table = table("a,0,1,1", "a,1,2,2", "a,2,3,", "a,3,4,5", "a,4,5,9", "a,5,6,8");
    TableSpec changes = Tables.withScale(table, Scale.NONE, true).with(SKIP);
    assertArrayEquals(new double[] {NAN, NAN, 4, -1}, fit(changes).training().get(0).targets());
  }

  @Test
  void shouldLackSingleValuesOfSeveralColumns() throws IOException {
    TableSpec table = table("a,0,1,1", "a,1,2,", "a,2,,", "a,3,4,5", "a,4,5,9");
    TableSpec both =
        Tables.withColumns(table, List.of("t"), List.of("x", "y"), TargetKind.VALUE).with(SKIP);
    Sequence sequence = fit(both).training().get(0);
    assertArrayEquals(new double[] {2, NAN, NAN, NAN, 4, 5, 5, 9}, sequence.targets());
    // Each column is scaled by its own values: 2, 4, 5 and 5, 9.
    Encoding.Table encoding =
        (Encoding.Table)
            fit(Tables.withScale(both, Scale.STANDARDIZE, false).with(SKIP)).encoding();
    assertEquals(11 / 3.0, encoding.targetScaling().orElseThrow().column(0).shift(), 1e-15);
    assertEquals(7, encoding.targetScaling().orElseThrow().column(1).shift(), 1e-15);
  }

  @Test
  void shouldNotScoreAMissingLabel() throws IOException {
    TableSpec table = table("a,0,1,up", "a,1,2,", "a,2,3,down", "a,3,4,up");
    TableSpec classes =
        Tables.withHorizon(
            Tables.withColumns(table, List.of("x"), List.of("y"), TargetKind.CLASS), 0);
    EncodedData data = fit(classes.with(SKIP));
    assertArrayEquals(new int[] {1, Sequence.NO_CLASS, 0, 1}, data.training().get(0).classes());
    assertEquals(List.of(), data.omissions().sentences());
  }

  @Test
  void shouldLeaveOutASequenceWithoutAnyTarget() throws IOException {
    TableSpec table =
        table("a,0,1,1", "a,1,2,3", "a,2,3,2", "b,0,1,4", "b,1,2,", "b,2,3,").with(SKIP);
    EncodedData data = fit(table);
    assertEquals(1, data.omissions().count(LeftOut.Reason.NO_TARGETS));
    assertEquals(List.of("b"), data.omissions().firstIds());
    EncodedData later = DataReader.apply(table, data.encoding(), 3, 1);
    assertEquals(data.fingerprint(), later.fingerprint());
    String refusal =
        assertThrows(DataException.class, () -> fit(table("a,0,1,", "a,1,2,").with(SKIP)))
            .getMessage();
    assertTrue(refusal.contains("target"), refusal);
  }

  @Test
  void shouldForecastFromThePresentValueBefore() throws IOException {
    // 0 1 2 3 4 5 6 _ 8 9 10 _ 12 13: the last six are the test part.
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < 14; t++) {
      rows.add("a,%d,%d,%s".formatted(t, t, t == 7 || t == 11 ? "" : String.valueOf(t)));
    }
    TableSpec table = table(rows.toArray(String[]::new));
    TableSpec own =
        Tables.withSplit(
                Tables.withColumns(table, List.of("x"), List.of("y"), TargetKind.VALUE),
                new Split(Split.By.TIME, 0, 6))
            .with(SKIP);
    EncodedData data = fit(own);
    WindowBlocks test = WindowBlocks.whole(data.test());
    ForecastBaselines baselines = ForecastBaselines.of(data, test, Optional.of(2)).orElseThrow();
    // Targets 8 (from 6, as 7 is missing), 9, 10, 12 (from 10), 13: errors 2, 1, 1, 2, 1.
    assertEquals(5, baselines.lastValue().steps());
    assertEquals(7 / 5.0, baselines.lastValue().mae(), 1e-15);
    // Two steps before: 8 from 6, 9 from the missing 7, 10 from 8, 12 from 10, 13 from the missing.
    assertEquals(3, baselines.seasonalNaive().orElseThrow().steps());
    assertEquals(2, baselines.seasonalNaive().orElseThrow().mae(), 1e-15);
    assertTrue(Double.isFinite(baselines.autoregression().orElseThrow().rmse()));
  }

  private static EncodedData fit(TableSpec table) {
    return DataReader.fit(table, 3, 1);
  }

  /** Input x, target y one step later. */
  private TableSpec table(String... rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,y"));
    lines.addAll(List.of(rows));
    Path path = Files.write(folder.resolve("table%d.csv".formatted(tables++)), lines);
    return Tables.withSplit(
        Tables.withColumns(
            Tables.csv(path.toString()), List.of("x"), List.of("y"), TargetKind.VALUE),
        ALL);
  }
}

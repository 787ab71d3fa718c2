package io.hindsight.datasets.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.encoded.TargetDecoding;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.source.PartitionedData;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are scaled by the windows that end with them, by hand. */
class WindowScaleTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final Split LAST = new Split(Split.By.TIME, 1, 1);
  private static final List<Scale> SCALES =
      List.of(Scale.STANDARDIZE, Scale.MINMAX, Scale.ROBUST, Scale.MEAN);

  private static SparkSession session;
  @TempDir Path folder;
  private int tables;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @AfterEach
  void resetSession() {
    session.conf().unset(TableSettings.SMALL);
    session.conf().set(SHUFFLE_PARTITIONS, "1");
  }

  @Test
  void shouldScaleByTheLastRows() throws IOException {
    // The windows of three: 10; 10, 20; 10, 20, 30; 20, 30, 40; 30, 40, 60.
    double[] levels = {10, 20, 30, 40, 60, 50};
    double[][] shifts = {
      {10, 15, 20, 30, 130 / 3.0}, {10, 10, 10, 20, 30}, {10, 15, 20, 30, 40}, {0, 0, 0, 0, 0}
    };
    double spread = Math.sqrt(200 / 3.0);
    double[][] divisors = {
      {10, 5, spread, spread, Math.sqrt(1400 / 9.0)},
      {10, 10, 20, 20, 30},
      {10, 5 / 1.349, 10 / 1.349, 10 / 1.349, 15 / 1.349},
      {11, 16, 21, 31, 1 + 130 / 3.0}
    };
    for (int s = 0; s < SCALES.size(); s++) {
      EncodedData data = fit(table(levels), SCALES.get(s), 3);
      Sequence test = data.test().get(0);
      Forecast forecast = data.forecast().orElseThrow();
      for (int t = 0; t < 5; t++) {
        String what = SCALES.get(s) + " at " + t;
        double shift = shifts[s][t];
        double divisor = divisors[s][t];
        assertEquals((levels[t] - shift) / divisor, test.features()[t], 1e-14, what);
        assertEquals((levels[t + 1] - shift) / divisor, test.targets()[t], 1e-14, what);
        assertEquals(levels[t + 1], forecast.decode(test, t, 0, test.targets()[t]), 1e-13, what);
        assertEquals(shift + 2 * divisor, forecast.decode(test, t, 0, 2), 1e-13, what);
        assertEquals(levels[t + 1], forecast.actual(test, t, 0));
      }
      assertEquals(data.encoding(), Encoding.fromJson(data.encoding().toJson()));
    }
  }

  @Test
  void shouldScaleChanges() throws IOException {
    // The windows of two: 1; 1, 3; 3, 5; 5, 7. A step has the change to its own row.
    EncodedData data = fit(table(0, 1, 4, 9, 16, 25), Scale.STANDARDIZE, 2, true, Horizon.of(1));
    Sequence test = data.test().get(0);
    assertArrayEquals(new double[] {0, 1, 1, 1}, test.features());
    assertArrayEquals(new double[] {2, 3, 3, 3}, test.targets());
    assertEquals(25, data.forecast().orElseThrow().decode(test, 3, 0, 3));
  }

  @Test
  void shouldScaleAllStepsAheadByTheRowTheyAreForecastFrom() throws IOException {
    Horizon ahead = new Horizon(2, Horizon.Strategy.DIRECT);
    EncodedData data = fit(table(1, 3, 5, 11, 7, 9), Scale.STANDARDIZE, 2, false, ahead);
    Sequence test = data.test().get(0);
    // At row 1 the window is 1, 3: mean 2, deviation 1.
    assertEquals(3, test.targets()[2]);
    assertEquals(9, test.targets()[3]);
    assertEquals(11, data.forecast().orElseThrow().decode(test, 1, 1, 9));
  }

  @Test
  void shouldNotLookAhead() throws IOException {
    double[] levels = new Random(3).doubles(12, 1, 9).toArray();
    for (Scale scale : SCALES) {
      checkAhead(levels, scale, false);
    }
    checkAhead(levels, Scale.STANDARDIZE, true);
  }

  private void checkAhead(double[] levels, Scale scale, boolean difference) throws IOException {
    EncodedData data = fit(table(levels), scale, 4, difference, Horizon.of(1));
    Sequence one = data.test().get(0);
    for (int row : new int[] {3, 9}) {
      double[] others = levels.clone();
      for (int later = row; later < others.length; later++) {
        others[later] = 7e8 * later;
      }
      EncodedData other = fit(table(others), scale, 4, difference, Horizon.of(1));
      Sequence two = other.test().get(0);
      String what = scale + " row " + row;
      int steps = row - (difference ? 1 : 0); // whose rows are before that one
      assertArrayEquals(
          Arrays.copyOf(one.features(), steps), Arrays.copyOf(two.features(), steps), what);
      assertArrayEquals(
          Arrays.copyOf(one.targets(), steps - 1), Arrays.copyOf(two.targets(), steps - 1), what);
      assertEquals(
          data.forecast().orElseThrow().decode(one, steps - 1, 0, 0.5),
          other.forecast().orElseThrow().decode(two, steps - 1, 0, 0.5),
          what);
    }
  }

  @Test
  void shouldDependOnTheRowsOfTheWindowAlone() throws IOException {
    double[] levels = new Random(3).doubles(12, 1, 9).toArray();
    for (int row = 0; row < 6; row++) {
      levels[row] *= 1e15; // what is rounded of them must not stay in later sums
    }
    for (Scale scale : SCALES) {
      EncodedData data = fit(table(levels), scale, 5);
      Encoded all = input(data, scale, levels);
      double[] last = Arrays.copyOfRange(levels, 7, 12);
      Encoded alone = input(data, scale, last);
      assertEquals(all.sequence().features()[11], alone.sequence().features()[4], scale.name());
      assertEquals(decoded(data, all, 11), decoded(data, alone, 4), scale.name());
    }
  }

  private Encoded input(EncodedData data, Scale scale, double... levels) throws IOException {
    TableSpec table = Tables.withScale(table(levels), scale, false).with(ScaleBy.window(5));
    return DataReader.inputs(table, data.encoding(), 3).answered().get(0);
  }

  private static double decoded(EncodedData data, Encoded input, int step) {
    return new TargetDecoding((Encoding.Table) data.encoding())
        .decode(input.series(), input.scale(), step, 0, 0.7);
  }

  @Test
  void shouldNeverDivideByZero() throws IOException {
    for (Scale scale : SCALES) {
      for (double level : new double[] {0, 7, -1e-3, 1e300}) {
        Sequence test =
            fit(table(level, level, level, level, level, 2 * level), scale, 3).test().get(0);
        double constant = scale == Scale.MEAN ? level / (1 + Math.abs(level)) : 0;
        assertEquals(constant, test.features()[4], 1e-15, scale + " " + level);
        assertTrue(Arrays.stream(test.targets()).allMatch(Double::isFinite), scale + " " + level);
        assertTrue(Math.abs(test.targets()[4]) <= 2, scale + " " + level);
      }
    }
  }

  @Test
  void shouldNotCountWhatIsMissing() throws IOException {
    // Windows of three: none; 1; 1; 1, 3; 3; 3; none, so again 3; 9.
    String[] cells = {"", "1", "", "3", "", "", "", "9", "9"};
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < cells.length; t++) {
      rows.add("a,%d,%s,%d".formatted(t, cells[t], t));
    }
    TableSpec all = Tables.withColumns(write(rows), List.of("x"), List.of("y"), TargetKind.VALUE);
    MissingValues mean = new MissingValues(MissingRules.of(MissingRule.MEAN), false);
    Sequence test = fit(all.with(mean), Scale.STANDARDIZE, 3).test().get(0);
    // Before any value is known an input is 0.
    assertArrayEquals(
        new double[] {0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0}, test.features());
    MissingValues last = new MissingValues(MissingRules.of(MissingRule.LAST), false);
    Sequence carried = fit(all.with(last), Scale.MEAN, 3).test().get(0);
    assertEquals(1 / 2.0, carried.features()[4]);
    assertEquals(3 / 4.0, carried.features()[12]);
    assertEquals(9 / 10.0, carried.features()[14]);
  }

  /** A target among others of order 1 must not be read in its own units. */
  @Test
  void shouldLearnNoTargetBeforeAnyIsKnown() throws IOException {
    String[] cells = {"", "142000", "142000", "142002", "142001", "142003", "142000"};
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < cells.length; t++) {
      rows.add("a,%d,%d,%s".formatted(t, t, cells[t]));
    }
    TableSpec all = Tables.withColumns(write(rows), List.of("x"), List.of("y"), TargetKind.VALUE);
    MissingValues skip = new MissingValues(MissingRules.NONE, true);
    Sequence test = fit(all.with(skip), Scale.STANDARDIZE, 3).test().get(0);

    assertTrue(Double.isNaN(test.targets()[0]), "scaled by nothing: " + test.targets()[0]);
    assertEquals(0, test.targets()[1]);
  }

  @Test
  void shouldScaleTheSameWhereverSequencesAre() throws IOException {
    Random random = new Random(4);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 13; s++) {
      for (int t = 0; t < 10 + s; t++) {
        double y = Math.pow(10, s - 5) * (2 + random.nextGaussian());
        rows.add("s%d,%d,%s,%s".formatted(s, t, t % 4 == 1 ? "" : "" + y * y, y));
      }
    }
    TableSpec all =
        Tables.withColumns(write(rows), List.of("x", "y"), List.of("y"), TargetKind.VALUE);
    MissingValues mean = new MissingValues(MissingRules.of(MissingRule.MEAN), false);
    for (Split split : List.of(new Split(Split.By.TIME, 2, 3), new Split(Split.By.ID, 2, 3))) {
      TableSpec table =
          Tables.withScale(Tables.withSplit(all, split), Scale.ROBUST, split.by() == Split.By.ID)
              .with(mean)
              .with(ScaleBy.window(4));
      EncodedData held = DataReader.fit(table, 3, 1);
      EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
      EncodedData stored = DataReader.fit(table, 3, 1, new Reading(), DataStore.of(none));
      assertFalse(stored.test().isHeld());
      String expected = told(held);
      assertEquals(expected, told(stored));
      assertEquals(expected, told(DataReader.apply(table, held.encoding(), 3, 1)));
      session.conf().set(TableSettings.SMALL, "0");
      session.conf().set(SHUFFLE_PARTITIONS, "7");
      assertEquals(expected, told(DataReader.fit(table, 3, 1)));
      try (PartitionedData there =
          DataReader.partitioned(table, held.encoding(), 3, false).orElseThrow()) {
        List<String> parts =
            there.partitions().rdd().flatMap(one -> texts(one).iterator()).collect();
        assertEquals(texts(held), parts.stream().sorted().toList());
      }
      session.conf().unset(TableSettings.SMALL);
    }
  }

  private static List<String> texts(SplitSequence one) {
    List<String> texts = new ArrayList<>();
    for (Sequence test : one.parts().test()) {
      texts.add(text(test, one.forecast().orElseThrow()));
    }
    return texts;
  }

  private static List<String> texts(EncodedData data) {
    Forecast forecast = data.forecast().orElseThrow();
    return data.test().stream().map(test -> text(test, forecast)).sorted().toList();
  }

  private static String text(Sequence one, Forecast forecast) {
    double decoded = 0;
    for (int t = 0; t < one.length(); t++) {
      decoded += forecast.decode(one, t, 0, 0.5);
    }
    return one.id() + Arrays.toString(one.features()) + Arrays.toString(one.targets()) + decoded;
  }

  private static String told(EncodedData data) {
    return data.fingerprint() + texts(data);
  }

  private EncodedData fit(TableSpec table, Scale scale, int window) {
    return fit(table, scale, window, false, Horizon.of(1));
  }

  private EncodedData fit(
      TableSpec table, Scale scale, int window, boolean difference, Horizon horizon) {
    TableSpec split = Tables.withHorizon(Tables.withSplit(table, LAST), horizon);
    TableSpec scaled = Tables.withScale(split, scale, difference);
    return DataReader.fit(scaled.with(table.missing()).with(ScaleBy.window(window)), 3, 1);
  }

  /** Input and target y, one step ahead. */
  private TableSpec table(double... levels) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < levels.length; t++) {
      rows.add("a,%d,0,%s".formatted(t, levels[t]));
    }
    return Tables.withColumns(write(rows), List.of("y"), List.of("y"), TargetKind.VALUE);
  }

  private TableSpec write(List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,y"));
    lines.addAll(rows);
    return Tables.csv(
        Files.write(folder.resolve("table%d.csv".formatted(tables++)), lines).toString());
  }
}

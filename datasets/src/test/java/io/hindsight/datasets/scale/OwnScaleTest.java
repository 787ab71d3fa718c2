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
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences that are scaled by themselves, by hand. */
class OwnScaleTest {
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
  void shouldScaleByTheStepsThatAreTrainedOn() throws IOException {
    // Trained on are the steps of 10, 20 and 30: their mean is 20, their deviation √(200/3), the
    // range 20, the quartiles 15, 20 and 25, and 1 more than the mean of magnitudes 21.
    double[] levels = {10, 20, 30, 40, 50, 60};
    double[] shifts = {20, 10, 20, 0};
    double[] divisors = {Math.sqrt(200 / 3.0), 20, 10 / 1.349, 21};
    for (int s = 0; s < SCALES.size(); s++) {
      EncodedData data = fit(table(levels), SCALES.get(s));
      Sequence test = data.test().get(0);
      Forecast forecast = data.forecast().orElseThrow();
      for (int t = 0; t < 5; t++) {
        assertEquals((levels[t] - shifts[s]) / divisors[s], test.features()[t], 1e-14);
        assertEquals((levels[t + 1] - shifts[s]) / divisors[s], test.targets()[t], 1e-14);
        assertEquals(levels[t + 1], forecast.decode(test, t, 0, test.targets()[t]), 1e-13);
        assertEquals(levels[t + 1], forecast.actual(test, t, 0));
      }
      assertEquals(data.encoding(), Encoding.fromJson(data.encoding().toJson()));
      assertEquals(4, Encoding.version(data.encoding().toJson()));
    }
  }

  @Test
  void shouldScaleChanges() throws IOException {
    // Trained on are the changes 1 and 3: their mean is 2, their deviation 1.
    TableSpec table = Tables.withSplit(table(0, 1, 4, 9, 16, 25), LAST);
    EncodedData data =
        DataReader.fit(
            Tables.withScale(table, Scale.STANDARDIZE, true).with(ScaleBy.SEQUENCE), 3, 1);
    Sequence test = data.test().get(0);
    assertArrayEquals(new double[] {-1, 1, 3, 5}, test.features());
    assertArrayEquals(new double[] {1, 3, 5, 7}, test.targets());
    assertEquals(25, data.forecast().orElseThrow().decode(test, 3, 0, 7));
  }

  @Test
  void shouldNotLookAhead() throws IOException {
    for (Scale scale : SCALES) {
      EncodedData data = fit(table(3, 1, 4, 1, 5, 9), scale);
      EncodedData other = fit(table(3, 1, 4, 1, -5e9, 7e9), scale);
      assertArrayEquals(
          data.training().get(0).features(), other.training().get(0).features(), scale.name());
      Sequence one = data.test().get(0);
      Sequence two = other.test().get(0);
      assertArrayEquals(
          Arrays.copyOf(one.features(), 4), Arrays.copyOf(two.features(), 4), scale.name());
      assertEquals(
          data.forecast().orElseThrow().decode(one, 4, 0, 0.5),
          other.forecast().orElseThrow().decode(two, 4, 0, 0.5));
    }
  }

  @Test
  void shouldNeverDivideByZero() throws IOException {
    for (Scale scale : SCALES) {
      for (double level : new double[] {0, 7, -1e-3, 1e300}) {
        Sequence test =
            fit(table(level, level, level, level, level, 2 * level), scale).test().get(0);
        double constant = scale == Scale.MEAN ? level / (1 + Math.abs(level)) : 0;
        assertEquals(constant, test.features()[4], 1e-15, scale + " " + level);
        assertTrue(Arrays.stream(test.targets()).allMatch(Double::isFinite), scale + " " + level);
        assertTrue(Math.abs(test.targets()[4]) <= 2, scale + " " + level);
      }
    }
  }

  @Test
  void shouldFillByTheMeanOfTheSequence() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 2; s++) {
      for (int t = 0; t < 6; t++) {
        String x = t == 1 ? "" : String.valueOf((t + 1) * (s == 0 ? 1 : 1000));
        rows.add("s%d,%d,%s,%d".formatted(s, t, x, t));
      }
    }
    MissingValues mean = new MissingValues(MissingRules.of(MissingRule.MEAN), false);
    EncodedData data =
        fit(
            Tables.withColumns(write(rows), List.of("x"), List.of("y"), TargetKind.VALUE)
                .with(mean),
            Scale.STANDARDIZE);
    // Trained on are 1, none and 3 of one, 1000, none and 3000 of the other.
    for (Sequence test : data.test()) {
      assertArrayEquals(new double[] {-1, 0, 0, 1, 1, 0, 2, 0, 3, 0}, test.features());
    }
  }

  @Test
  void shouldPredictByAllRowsThatAreGiven() throws IOException {
    EncodedData data = fit(table(10, 20, 30, 40, 50, 60), Scale.STANDARDIZE);
    TableSpec more = Tables.withScale(table(1e6, 3e6), Scale.STANDARDIZE, false);
    Encoded input =
        DataReader.inputs(more.with(ScaleBy.SEQUENCE), data.encoding(), 3).answered().get(0);
    assertArrayEquals(new double[] {-1, 1}, input.sequence().features());
    assertArrayEquals(new double[] {2e6, 1e6}, input.scale());
    assertEquals(
        4e6,
        new TargetDecoding((Encoding.Table) data.encoding())
            .decode(input.series(), input.scale(), 1, 0, 2));
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
    MissingValues mean = new MissingValues(MissingRules.of(Map.of("x", MissingRule.MEAN)), false);
    for (Split split : List.of(new Split(Split.By.TIME, 2, 3), new Split(Split.By.ID, 2, 3))) {
      TableSpec table =
          Tables.withScale(Tables.withSplit(all, split), Scale.ROBUST, split.by() == Split.By.ID)
              .with(mean)
              .with(ScaleBy.SEQUENCE);
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
    double decoded = forecast.decode(one, one.length() - 1, 0, 0.5);
    return one.id() + Arrays.toString(one.features()) + Arrays.toString(one.targets()) + decoded;
  }

  private static String told(EncodedData data) {
    return data.fingerprint() + texts(data);
  }

  private EncodedData fit(TableSpec table, Scale scale) {
    TableSpec scaled = Tables.withScale(Tables.withSplit(table, LAST), scale, false);
    return DataReader.fit(scaled.with(table.missing()).with(ScaleBy.SEQUENCE), 3, 1);
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

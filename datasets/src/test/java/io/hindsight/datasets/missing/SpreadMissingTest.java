package io.hindsight.datasets.missing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.source.PartitionedData;
import io.hindsight.datasets.source.PartitionedInputs;
import io.hindsight.datasets.spec.Scale;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing values are filled the same on the driver, in tasks and in files. */
class SpreadMissingTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final MissingRules RULES =
      new MissingRules(MissingRule.MEAN, new TreeMap<>(Map.of("z", MissingRule.LAST)));
  private static final Split BY_TIME = new Split(Split.By.TIME, 3, 0.2);

  private static SparkSession session;
  @TempDir Path folder;

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
  void shouldFitTheSameWhereverSequencesAre() throws IOException {
    TableSpec table = table();
    boolean difference = false;
    for (Scale scale : Tables.SCALES) {
      difference = !difference;
      TableSpec divided =
          Tables.withSplit(Tables.withScale(table, scale, difference), BY_TIME)
              .with(new MissingValues(RULES, true));
      String told = same(divided, "1", "2", "7");
      assertTrue(told.contains("of column z in the test part missing and filled"), told);
    }
    TableSpec byId =
        Tables.withSplit(
            Tables.withScale(table, Scale.STANDARDIZE, false), new Split(Split.By.ID, 0.2, 0.25));
    same(byId.with(new MissingValues(RULES, true)), "7");
  }

  @Test
  void shouldTellTheSameRefusal() throws IOException {
    MissingRules one = MissingRules.of(Map.of("x", MissingRule.MEAN));
    String told = same(table().with(new MissingValues(one, true)), "7");
    assertTrue(told.contains("column z"), told);
    told = same(table().with(new MissingValues(RULES, false)), "7");
    assertTrue(told.contains("column y"), told);
  }

  @Test
  void shouldStoreTheSame() throws IOException {
    TableSpec divided = divided();
    EncodedData held = DataReader.fit(divided, 3, 1);
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    EncodedData stored = DataReader.fit(divided, 3, 1, new Reading(), DataStore.of(none));
    assertFalse(stored.training().isHeld());
    assertEquals(held.fingerprint(), stored.fingerprint());
    assertEquals(held.omissions().filled(), stored.omissions().filled());
    assertEquals(told(held.test()), told(stored.test()));
  }

  @Test
  void shouldScoreAndPredictTheSameInTasks() throws IOException {
    TableSpec divided = divided();
    EncodedData fitted = DataReader.fit(divided, 3, 1);
    EncodedData here = DataReader.apply(divided, fitted.encoding(), 3, 1);
    assertEquals(fitted.fingerprint(), here.fingerprint());
    assertEquals(fitted.omissions().sentences(), here.omissions().sentences());
    List<String> expected = told(DataReader.inputs(divided, fitted.encoding(), 3).sequences());
    session.conf().set(TableSettings.SMALL, "0");
    session.conf().set(SHUFFLE_PARTITIONS, "5");
    try (PartitionedData there =
        DataReader.partitioned(divided, fitted.encoding(), 3, false).orElseThrow()) {
      assertEquals(here.omissions().sentences(), there.omissions().sentences());
    }
    try (PartitionedInputs there =
        DataReader.partitionedInputs(divided, fitted.encoding(), 3).orElseThrow()) {
      List<String> inputs = there.partitions().rdd().map(SpreadMissingTest::text).collect();
      assertEquals(expected.stream().sorted().toList(), inputs.stream().sorted().toList());
    }
  }

  private TableSpec divided() throws IOException {
    TableSpec table = Tables.withScale(table(), Scale.STANDARDIZE, false);
    return Tables.withSplit(table, BY_TIME).with(new MissingValues(RULES, true));
  }

  private static String same(TableSpec table, String... partitions) {
    session.conf().unset(TableSettings.SMALL);
    String expected = told(table);
    session.conf().set(TableSettings.SMALL, "0");
    for (String some : partitions) {
      session.conf().set(SHUFFLE_PARTITIONS, some);
      assertEquals(expected, told(table), some + " partitions of " + table);
    }
    return expected;
  }

  private static String told(TableSpec table) {
    try {
      EncodedData data = DataReader.fit(table, 3, 1);
      return "%s %s %s %s"
          .formatted(
              data.fingerprint(),
              data.encoding().toJson(),
              data.omissions().sentences(),
              Stream.of(data.training(), data.validation(), data.test())
                  .flatMap(part -> told(part).stream())
                  .toList());
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  private static List<String> told(List<Sequence> sequences) {
    return sequences.stream().map(SpreadMissingTest::text).toList();
  }

  private static String text(EncodedInput input) {
    return text(((Encoded) input).sequence());
  }

  private static String text(Sequence one) {
    return one.id() + Arrays.toString(one.features()) + Arrays.toString(one.targets());
  }

  /** Every third x is missing, z in runs, and y now and then. */
  private TableSpec table() throws IOException {
    Random random = new Random(4);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 17; s++) {
      for (int t = 0; t < 14 + s; t++) {
        String x = random.nextInt(3) == 0 ? "" : String.valueOf(0.5 + random.nextDouble());
        String z = t % 7 > 4 ? "NaN" : String.valueOf(1 + random.nextInt(1000) / 8.0);
        String y = random.nextInt(5) == 0 ? "" : String.valueOf(2 + random.nextDouble());
        rows.add("s%d,%d,%s,%s,%s".formatted(s, t, x, z, y));
      }
    }
    Collections.shuffle(rows, random);
    rows.add(0, "id,t,x,z,y");
    Path path = Files.write(folder.resolve("table.csv"), rows);
    return Tables.withColumns(
        Tables.csv(path.toString()), List.of("x", "z"), List.of("y"), TargetKind.VALUE);
  }
}

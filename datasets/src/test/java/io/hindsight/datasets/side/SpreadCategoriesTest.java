package io.hindsight.datasets.side;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.SideColumns;
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
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Categories are the same on the driver, in tasks and in files. */
class SpreadCategoriesTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final SideColumns COLUMNS =
      new SideColumns(List.of("c", "region"), List.of("size", "region"), 2);

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
    TableSpec table = table(List.of());
    for (Split split :
        List.of(new Split(Split.By.ID, 0.2, 0.25), new Split(Split.By.TIME, 3, 0.2))) {
      for (boolean difference : new boolean[] {false, true}) {
        TableSpec divided =
            Tables.withSplit(Tables.withScale(table, Scale.STANDARDIZE, difference), split)
                .with(COLUMNS);
        String told = same(divided);
        assertTrue(told.contains("of column c in the test part read as unknown"), told);
      }
    }
  }

  @Test
  void shouldTellTheSameChangeFirst() throws IOException {
    TableSpec table =
        table(List.of("s5,90,1,k1,9,r1", "s13,91,1,k1,1,r0", "s13,90,1,k1,1,r2")).with(COLUMNS);
    String told = same(table);
    assertTrue(told.contains("found 'r2' after 'r1'"), told);
    assertTrue(told.contains("sequence 's13', time 90, column region"), told);
  }

  @Test
  void shouldStoreTheSame() throws IOException {
    TableSpec divided = divided();
    EncodedData held = DataReader.fit(divided, 3, 1);
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    EncodedData stored = DataReader.fit(divided, 3, 1, new Reading(), DataStore.of(none));
    assertFalse(stored.training().isHeld());
    same(held.training(), stored.training());
    same(held.validation(), stored.validation());
    same(held.test(), stored.test());
    SequenceList some = stored.test();
    Sequence window = some.window(2, 4, 3, true).toSequence();
    Sequence whole = held.test().get(2);
    assertArrayEquals(Arrays.copyOfRange(whole.categories(), 4, 7), window.categories());
    assertArrayEquals(whole.statics().features(), window.statics().features());
    assertArrayEquals(whole.statics().categories(), window.statics().categories());
  }

  @Test
  void shouldScoreAndPredictTheSameInTasks() throws IOException {
    TableSpec divided = divided();
    EncodedData fitted = DataReader.fit(divided, 3, 1);
    EncodedData here = DataReader.apply(divided, fitted.encoding(), 3, 1);
    assertEquals(fitted.fingerprint(), here.fingerprint());
    List<String> expected = told(DataReader.inputs(divided, fitted.encoding(), 3).sequences());
    session.conf().set(TableSettings.SMALL, "0");
    session.conf().set(SHUFFLE_PARTITIONS, "5");
    try (PartitionedData there =
        DataReader.partitioned(divided, fitted.encoding(), 3, false).orElseThrow()) {
      assertEquals(here.omissions().sentences(), there.omissions().sentences());
    }
    try (PartitionedInputs there =
        DataReader.partitionedInputs(divided, fitted.encoding(), 3).orElseThrow()) {
      List<String> inputs = there.partitions().rdd().map(SpreadCategoriesTest::text).collect();
      assertEquals(expected.stream().sorted().toList(), inputs.stream().sorted().toList());
    }
  }

  private TableSpec divided() throws IOException {
    Split split = new Split(Split.By.TIME, 3, 0.2);
    return Tables.withSplit(table(List.of()), split).with(COLUMNS);
  }

  private static void same(SequenceList expected, SequenceList actual) {
    assertEquals(told(expected), told(actual));
  }

  private static List<String> told(List<Sequence> sequences) {
    return sequences.stream().map(SpreadCategoriesTest::text).toList();
  }

  private static String text(EncodedInput input) {
    return text(((Encoded) input).sequence());
  }

  private static String text(Sequence one) {
    return "%s %s %s %s %s"
        .formatted(
            one.id(),
            Arrays.toString(one.features()),
            Arrays.toString(one.categories()),
            Arrays.toString(one.statics().features()),
            Arrays.toString(one.statics().categories()));
  }

  private static String same(TableSpec table) {
    session.conf().unset(TableSettings.SMALL);
    String expected = told(table);
    session.conf().set(TableSettings.SMALL, "0");
    for (String some : List.of("1", "5")) {
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

  private TableSpec table(List<String> more) throws IOException {
    Random random = new Random(4);
    List<String> rows = new ArrayList<>(more);
    for (int s = 0; s < 17; s++) {
      for (int t = 0; t < 12 + s; t++) {
        String category = t % 7 == 3 ? "" : "k" + random.nextInt(t > 9 ? 9 : 3);
        rows.add(
            "s%d,%d,%f,%s,%d,r%d".formatted(s, t, random.nextGaussian(), category, s % 4, s % 3));
      }
    }
    Collections.shuffle(rows, random);
    rows.add(0, "id,t,x,c,size,region");
    Path path = Files.write(folder.resolve("table.csv"), rows);
    return Tables.csv(path.toString());
  }
}

package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data to train a model further on is encoded as that model's own was. */
class KeptEncodingTest {
  private static final Split ALL_OF_TEXT = new Split(Split.By.TIME, 0, 0);
  private static final Split BY_ID = new Split(Split.By.ID, 0.2, 0.2);

  private static SparkSession session;
  @TempDir Path folder;
  private int files;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @AfterEach
  void resetSession() {
    session.conf().unset(TableSettings.SMALL);
  }

  @Test
  void shouldScaleByTheModelsNumbersAndNotByItsOwn() throws IOException {
    TableSpec early = table(0, 1, Scale.STANDARDIZE);
    TableSpec late = table(100, 3, Scale.STANDARDIZE);
    Encoding known = DataReader.fit(early, 1, 1).encoding();

    EncodedData kept = keep(late, known);

    assertEquals(known, kept.encoding());
    assertNotEquals(DataReader.fit(late, 1, 1).fingerprint(), kept.fingerprint());
    EncodedData applied = DataReader.apply(late, known, 1, 1);
    assertEquals(applied.fingerprint(), kept.fingerprint());
    assertEquals(applied.spacing().toString(), kept.spacing().toString());
  }

  @Test
  void shouldGiveWhatAFitGivesForTheDataThatWasFittedTo() throws IOException {
    for (Scale scale : Tables.SCALES) {
      TableSpec table = table(7, 2, scale);
      EncodedData fitted = DataReader.fit(table, 1, 1);
      assertEquals(fitted.fingerprint(), keep(table, fitted.encoding()).fingerprint(), "" + scale);
    }
  }

  @Test
  void shouldReadTheSameOnExecutorsAsOnTheDriver() throws IOException {
    for (Scale scale : Tables.SCALES) {
      Encoding known = DataReader.fit(table(5, 2, scale), 1, 1).encoding();
      for (int daysApart : new int[] {1, 7}) {
        TableSpec late = table(9, 3, scale, daysApart);
        session.conf().unset(TableSettings.SMALL);
        String held = told(late, known);
        session.conf().set(TableSettings.SMALL, "0");
        assertEquals(held, told(late, known), scale + ", " + daysApart);
      }
      session.conf().unset(TableSettings.SMALL);
    }
  }

  @Test
  void shouldMeasureTimeByTheModelsSteps() throws IOException {
    Encoding daily = DataReader.fit(table(0, 1, Scale.NONE), 1, 1).encoding();
    TableSpec weekly = table(0, 1, Scale.NONE, 7);
    DataException refusal = assertThrows(DataException.class, () -> keep(weekly, daily));
    assertTrue(refusal.getMessage().contains("no row 1 d after another"), refusal.getMessage());
  }

  @Test
  void shouldRefuseOrSkipClassesThatTheModelDoesNotKnow() throws IOException {
    Encoding known = DataReader.fit(labelled("ab"), 1, 1).encoding();
    TableSpec more = labelled("abc");
    DataException refusal = assertThrows(DataException.class, () -> keep(more, known));
    assertTrue(refusal.getMessage().contains("must be one of the training part: [a, b]"));
    assertTrue(refusal.getMessage().contains("'c' 4 times"), refusal.getMessage());

    EncodedData skipped = keep(Tables.withUnknown(more, Unknown.SKIP), known);

    assertEquals(2, skipped.outputs());
    Sequence first = skipped.training().get(0);
    assertArrayEquals(new int[] {0, 1, Sequence.NO_CLASS, 0, 1}, head(first.classes()));
    session.conf().set(TableSettings.SMALL, "0");
    EncodedData spread = keep(Tables.withUnknown(more, Unknown.SKIP), known);
    assertEquals(skipped.fingerprint(), spread.fingerprint());
  }

  @Test
  void shouldGiveTheModelsClassesWhereSomeOfThemDoNotOccur() throws IOException {
    Encoding known = DataReader.fit(labelled("abc"), 1, 1).encoding();
    EncodedData kept = keep(labelled("bc"), known);
    assertEquals(3, kept.outputs());
    assertArrayEquals(new int[] {1, 2, 1, 2, 1}, head(kept.training().get(0).classes()));
  }

  @Test
  void shouldReadATextByTheModelsCharacters() throws IOException {
    Encoding known = DataReader.fit(text("abcdabcdabcd", Unknown.REFUSE), 1, 2).encoding();
    EncodedData kept = keep(text("dadadada", Unknown.REFUSE), known);
    assertEquals(4, kept.input().size());
    assertArrayEquals(new int[] {3, 0, 3}, kept.training().get(0).tokens());
    TextSpec foreign = text("abxabxabx", Unknown.REFUSE);
    DataException refusal = assertThrows(DataException.class, () -> keep(foreign, known));
    assertTrue(refusal.getMessage().contains("'x' (U+0078) 3 times"), refusal.getMessage());
    EncodedData skipping = keep(text("abxabxabx", Unknown.SKIP), known);
    assertArrayEquals(new int[] {0, 1, -1, 0}, skipping.training().get(0).tokens());
    assertThrows(DataException.class, () -> keep(text("a", Unknown.REFUSE), known), "too short");
  }

  @Test
  void shouldGoOnWithAGeneratedTaskOfAnotherLength() {
    Encoding known = DataReader.fit(task("adding", 5), 1, 1).encoding();
    EncodedData longer = keep(task("adding", 9), known);
    assertEquals(DataReader.fit(task("adding", 9), 1, 1).fingerprint(), longer.fingerprint());
    assertThrows(DataException.class, () -> keep(task("copy", 5), known));
    assertThrows(DataException.class, () -> keep(text("abab", Unknown.REFUSE), known));
  }

  private static EncodedData keep(DataSpec spec, Encoding known) {
    return DataReader.keep(spec, known, 1, 2, new Reading(), DataStore.onHeap());
  }

  private static String told(DataSpec spec, Encoding known) {
    try {
      EncodedData data = keep(spec, known);
      return data.fingerprint() + data.encoding().toJson() + data.spacing();
    } catch (DataException refusal) {
      return refusal.getMessage();
    }
  }

  private static int[] head(int[] classes) {
    return Arrays.copyOf(classes, 5);
  }

  private static DataSpec task(String name, int length) {
    return new GeneratorSpec(name, length, 10, 3, 1, BY_ID);
  }

  private TextSpec text(String content, Unknown unknown) throws IOException {
    Path file = Files.writeString(folder.resolve("text%d.txt".formatted(files++)), content);
    return new TextSpec(file.toString(), ALL_OF_TEXT, unknown);
  }

  private TableSpec table(int level, int slope, Scale scale) throws IOException {
    return table(level, slope, scale, 1);
  }

  /** Ten sequences of days. */
  private TableSpec table(int level, int slope, Scale scale, int daysApart) throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    for (int s = 0; s < 10; s++) {
      for (int t = 0; t < 8; t++) {
        LocalDate day = LocalDate.parse("2024-01-01").plusDays((long) daysApart * t);
        rows.add("s%d,%s,%s".formatted(s, day, level + 1 + slope * (s + t * t / 3.0)));
      }
    }
    return Tables.withScale(
        Tables.withSplit(Tables.csv(file(rows)), BY_ID), scale, scale == Scale.LOG);
  }

  /** Four sequences, each of whose steps has one of some labels, in turn. */
  private TableSpec labelled(String labels) throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x,y"));
    for (int s = 0; s < 4; s++) {
      for (int t = 0; t < 5; t++) {
        rows.add("s%d,%d,%d,%s".formatted(s, t, s + t, labels.charAt(t % labels.length())));
      }
    }
    TableSpec table = Tables.withSplit(Tables.csv(file(rows)), new Split(Split.By.ID, 0, 0));
    return Tables.withHorizon(
        Tables.withColumns(table, List.of("x"), List.of("y"), TargetKind.CLASS), 0);
  }

  private String file(List<String> rows) throws IOException {
    return Files.write(folder.resolve("table%d.csv".formatted(files++)), rows).toString();
  }
}

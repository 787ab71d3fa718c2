package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.datasets.split.Splits;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownLabelsTest {
  private static final int NONE = Sequence.NO_CLASS;

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldTellAClassThatLiesWhollyInAnotherPart() {
    TableSpec spec = Tables.withSplit(steps("ppqqpq" + "rrps"), new Split(Split.By.TIME, 3, 1));

    assertMentions(
        refused(spec),
        "every class must occur in the training part",
        "2 that do not, 3 times",
        "'r' 2 times, wholly in the validation part, first at ",
        "time 7, column y",
        "'s' once, wholly in the test part, at ",
        "data.split or seed",
        "data.unknown: skip");
  }

  @Test
  void shouldCountASequenceOfOneLabelOnce() {
    // by a hash of the ids: with this seed s3 is the test part
    TableSpec spec = Tables.withSplit(labelled(4, 3), new Split(Split.By.ID, 0, 1));
    int seed = seedThatTests("s3", spec);

    DataException refusal = assertThrows(DataException.class, () -> DataReader.fit(spec, seed, 1));
    assertMentions(refusal, "1 that does not, once", "'rare' once, wholly in the test part, at ");
    assertMentions(refusal, "sequence 's3', column y");
  }

  @Test
  void shouldLeaveStepsOfUnknownClassesUnscored() {
    TableSpec spec =
        Tables.withUnknown(
            Tables.withSplit(steps("ppqqpq" + "rrps"), new Split(Split.By.TIME, 4, 0)),
            Unknown.SKIP);
    EncodedData data = DataReader.fit(spec, 1, 1);
    Sequence validation = data.validation().get(0);

    assertEquals(2, data.outputs());
    assertEquals(6, validation.firstTarget());
    assertArrayEquals(
        new int[] {NONE, NONE, 0, NONE}, Arrays.copyOfRange(validation.classes(), 6, 10));
    assertMentions(
        data.omissions().unseen().orElseThrow().sentence(),
        "3 of 10 labels not scored",
        "'r' 2 times");
  }

  @Test
  void shouldLeaveSequencesOfUnknownClassesUnscored() {
    TableSpec spec = Tables.withSplit(labelled(6, 5), new Split(Split.By.ID, 0, 2));
    int seed = seedThatTests("s5", spec);
    EncodedData data = DataReader.fit(Tables.withUnknown(spec, Unknown.SKIP), seed, 1);

    assertEquals(4, data.training().size());
    assertEquals(2, data.test().size());
    assertEquals(1, data.test().stream().filter(s -> s.isAnyScored(0, 3)).count());
    assertEquals(1, data.omissions().unseen().orElseThrow().occurrences());
    assertTrue(data.omissions().leftOut().isEmpty());
  }

  @Test
  void shouldRefuseAPartWithoutAnythingKnown() {
    TableSpec spec = Tables.withSplit(labelled(4, 3), new Split(Split.By.ID, 0, 1));
    int seed = seedThatTests("s3", spec);
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> DataReader.fit(Tables.withUnknown(spec, Unknown.SKIP), seed, 1));
    assertMentions(refusal, "the test part must hold a target that training saw");
  }

  @Test
  void shouldRefuseOrSkipWhatAModelDoesNotKnow() {
    Encoding known = DataReader.fit(steps("pqpq"), 1, 1).encoding();
    TableSpec other = steps("prqs");

    DataException refusal =
        assertThrows(DataException.class, () -> DataReader.applyUnsplit(other, known, 1, 1));
    assertMentions(
        refusal,
        "one of the training part: [p, q]",
        "2 others, 2 times",
        "'r' once, at ",
        "'s' once");
    EncodedData skipped =
        DataReader.applyUnsplit(Tables.withUnknown(other, Unknown.SKIP), known, 1, 1);
    assertArrayEquals(new int[] {0, NONE, 1, NONE}, skipped.test().get(0).classes());
  }

  @Test
  void shouldTakeTheSameWholeNumberForTheSameClassInOtherData() {
    Encoding known = DataReader.fit(rows("1", "2", "1", "2"), 1, 1).encoding();
    EncodedData applied = DataReader.applyUnsplit(rows("1.0", "2.0", "2.00", "1"), known, 1, 1);
    assertArrayEquals(new int[] {0, 1, 1, 0}, applied.test().get(0).classes());

    EncodedData mixed = DataReader.fit(rows("1", "2.0", "1.0", "2"), 1, 1);
    assertEquals(2, mixed.outputs());
    assertArrayEquals(new int[] {0, 1, 0, 1}, mixed.training().get(0).classes());
    assertEquals(3, DataReader.fit(rows("007", "7", "7.0", "1e3"), 1, 1).outputs());
  }

  /** A label per step, of one letter. */
  private TableSpec steps(String labels) {
    return rows(labels.split(""));
  }

  private TableSpec rows(String... labels) {
    StringBuilder csv = new StringBuilder("id,t,x,y\n");
    for (int i = 0; i < labels.length; i++) {
      csv.append("a,%d,1,%s%n".formatted(i + 1, labels[i]));
    }
    TableSpec spec = Tables.csv(file(csv.toString()));
    return Tables.withHorizon(
        Tables.withColumns(spec, List.of("x"), List.of("y"), TargetKind.CLASS), 0);
  }

  /** A label per sequence, that of one sequence unlike the others. */
  private TableSpec labelled(int sequences, int rare) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < sequences; i++) {
      String label = i == rare ? "rare" : i % 2 == 0 ? "cat" : "dog";
      json.append("{\"id\":\"s%d\",\"x\":[1,2,3],\"y\":\"%s\"}%n".formatted(i, label));
    }
    return Tables.withColumns(
        Tables.json(file(json.toString())), List.of("x"), List.of("y"), TargetKind.CLASS);
  }

  /** The smallest seed that tests a sequence and trains on both classes. */
  private static int seedThatTests(String id, TableSpec spec) {
    TableSpec whole = Tables.withSplit(spec, new Split(Split.By.ID, 0, 0));
    List<Sequence> all = DataReader.fit(whole, 1, 1).training();
    return IntStream.range(0, 1000)
        .filter(seed -> tests(id, Splits.byId(all, spec.split(), seed)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean tests(String id, EncodedData.Parts parts) {
    List<String> trained = parts.training().stream().map(Sequence::id).toList();
    return parts.test().stream().anyMatch(s -> s.id().equals(id))
        && trained.stream().anyMatch(s -> s.charAt(1) % 2 == 0)
        && trained.stream().anyMatch(s -> s.charAt(1) % 2 == 1);
  }

  private static DataException refused(TableSpec spec) {
    return assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
  }

  private String file(String content) {
    try {
      return Files.writeString(Files.createTempFile(folder, "data", ".txt"), content).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertMentions(DataException refusal, String... mentioned) {
    assertMentions(refusal.getMessage(), mentioned);
  }

  private static void assertMentions(String message, String... mentioned) {
    for (String part : mentioned) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
  }
}

package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Vocabulary;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownCharactersTest {
  private static final int NONE = Sequence.NO_TOKEN;

  @TempDir Path folder;

  @Test
  void shouldRefuseAllOfThemAtOnceWithTheirNumberAndFirstPlace() throws IOException {
    DataException refusal =
        refused(text("abcabcabcabc\nabéb\nüéc", new Split(Split.By.TIME, 8, 0), Unknown.REFUSE));

    assertMentions(
        refusal.getMessage(),
        "one of the 4 of the training text",
        "2 others, 3 times in 8 characters",
        "'é' (U+00E9) 2 times, first at " + folder + "/corpus.txt:2:3",
        "'ü' (U+00FC) once, at " + folder + "/corpus.txt:3:1",
        "data.split",
        "data.unknown: skip");
  }

  @Test
  void shouldListTenAndCountTheRest() throws IOException {
    String text = "a".repeat(200) + "bcdefghijklmnopqrstuvwxyz" + "z";
    DataException refusal = refused(text(text, new Split(Split.By.TIME, 0, 30), Unknown.REFUSE));

    assertMentions(refusal.getMessage(), "25 others, 26 times", "'k' (U+006B)", "; and 15 more");
    assertTrue(!refusal.getMessage().contains("'l' (U+006C)"), refusal.getMessage());
  }

  @Test
  void shouldReadThemAsNoTokenAndAsNoTargetWhereTheyAreSkipped() throws IOException {
    TextSpec spec = text("abababab" + "axbya", new Split(Split.By.TIME, 5, 0), Unknown.SKIP);
    EncodedData data = DataReader.fit(spec, 1, 1);
    Sequence validation = data.validation().get(0);

    assertEquals(2, data.outputs());
    assertArrayEquals(new int[] {0, NONE, 1, NONE}, validation.tokens());
    assertArrayEquals(new int[] {NONE, 1, NONE, 0}, validation.classes());
    Omissions.Unseen unseen = data.omissions().unseen().orElseThrow();
    assertEquals(2, unseen.distinct());
    assertEquals(2, unseen.occurrences());
    assertMentions(
        unseen.sentence(), "2 of 5 characters read as nothing and not scored", "'x' (U+0078) once");
  }

  @Test
  void shouldTrainTheSameWhetherTheyAreRefusedOrSkipped() throws IOException {
    Split split = new Split(Split.By.TIME, 4, 0);
    EncodedData refusing = DataReader.fit(text("abababab", split, Unknown.REFUSE), 1, 1);
    EncodedData skipping = DataReader.fit(text("abababab", split, Unknown.SKIP), 1, 1);

    assertEquals(refusing.fingerprint(), skipping.fingerprint());
    assertEquals(refusing.encoding(), skipping.encoding());
    assertTrue(skipping.omissions().unseen().isEmpty());
  }

  @Test
  void shouldSkipThemInOtherTextsOfAModelThatKnewNothingOfIt() throws IOException {
    Split all = new Split(Split.By.TIME, 0, 0);
    Encoding known = DataReader.fit(text("abab", all, Unknown.REFUSE), 1, 1).encoding();
    TextSpec other = text("abxab", all, Unknown.SKIP);
    Sequence test = DataReader.applyUnsplit(other, known, 1, 1).test().get(0);

    assertArrayEquals(new int[] {1, NONE, 0, 1}, test.classes());
    assertArrayEquals(
        new int[] {0, 1, NONE, 0, 1},
        DataReader.inputs(other, known, 1).sequences().get(0).tokens());
  }

  @Test
  void shouldRefuseAPartWithoutAnythingKnown() throws IOException {
    TextSpec spec = text("abababab" + "xyxy", new Split(Split.By.TIME, 4, 0), Unknown.SKIP);

    assertMentions(
        refused(spec).getMessage(), "validation part must hold a target that training saw");
  }

  @Test
  void shouldTellAllThatAPrimeHoldsOrReadItAsNothing() {
    Vocabulary vocabulary = Vocabulary.of("abc");
    DataException refusal =
        assertThrows(
            DataException.class, () -> vocabulary.encode("aéb?é", "--prime", Unknown.REFUSE));

    assertMentions(
        refusal.getMessage(),
        "2 others, 3 times in 5 characters",
        "'é' (U+00E9) 2 times, first at character 2 of --prime",
        "'?' (U+003F) once, at character 4 of --prime",
        "--set data.unknown=skip");
    assertArrayEquals(new int[] {0, NONE, 1}, vocabulary.encode("aéb", "--prime", Unknown.SKIP));
  }

  private TextSpec text(String content, Split split, Unknown unknown) throws IOException {
    Path file = Files.writeString(folder.resolve("corpus.txt"), content);
    return new TextSpec(file.toString(), split, unknown);
  }

  private static DataException refused(TextSpec spec) {
    return assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
  }

  private static void assertMentions(String message, String... mentioned) {
    assertEquals(1, message.lines().count());
    for (String part : mentioned) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
  }
}

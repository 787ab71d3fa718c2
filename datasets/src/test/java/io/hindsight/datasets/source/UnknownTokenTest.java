package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
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

/** One token stands for all characters that training does not know. */
class UnknownTokenTest {
  @TempDir Path folder;

  @Test
  void shouldReadAndScoreRareAndUnknownCharactersAsOneToken() throws IOException {
    // x is seen once by training, y and z never
    EncodedData data = DataReader.fit(text("ababxabab" + "yazb", 4, Unknown.TOKEN, 2), 1, 1);
    Vocabulary vocabulary = vocabulary(data.encoding());
    assertEquals("ab", vocabulary.characters());
    assertEquals(3, vocabulary.size());
    assertEquals(3, data.outputs());
    assertEquals(3, data.input().features());
    Sequence training = data.training().get(0);
    assertArrayEquals(new int[] {0, 1, 0, 1, 2, 0, 1, 0}, training.tokens());
    assertArrayEquals(new int[] {1, 0, 1, 2, 0, 1, 0, 1}, training.classes());
    Sequence test = data.test().get(0);
    assertArrayEquals(new int[] {2, 0, 2}, test.tokens());
    assertArrayEquals(new int[] {0, 2, 1}, test.classes());
    assertEquals(2, data.omissions().unseen().orElseThrow().occurrences());
    assertTrue(
        data.omissions()
            .sentences()
            .get(0)
            .startsWith(
                "2 of 4 characters read as one unknown character, for training did not see them"
                    + " (data.unknown: token): 'y' (U+0079) once"),
        data.omissions().sentences().toString());
  }

  @Test
  void shouldKeepTheTokenWithTheEncoding() throws IOException {
    Encoding known = DataReader.fit(text("ababxabab", 0, Unknown.TOKEN, 2), 1, 1).encoding();
    assertEquals(known, Encoding.fromJson(known.toJson()));
    assertTrue(known.toJson().get("unknown-token").booleanValue());
    TextSpec other = text("a?b", 2, Unknown.TOKEN, 2);
    EncodedData data = DataReader.applyUnsplit(other, known, 1, 1);
    assertArrayEquals(new int[] {0, 2}, data.test().get(0).tokens());
    EncodedData skipping = DataReader.applyUnsplit(text("a?b", 2, Unknown.SKIP, 1), known, 1, 1);
    assertArrayEquals(new int[] {0, -1}, skipping.test().get(0).tokens());
    Encoding without = DataReader.fit(text("abab", 0, Unknown.REFUSE, 1), 1, 1).encoding();
    assertFalse(without.toJson().has("unknown-token"));
    assertThrows(DataException.class, () -> DataReader.applyUnsplit(other, without, 1, 1));
    assertEquals("a\uFFFD", vocabulary(known).decode(0, 2));
  }

  @Test
  void shouldKnowCharactersThatOccurOftenEnough() {
    for (int rare = 1; rare <= 4; rare++) {
      Vocabulary vocabulary = Vocabulary.withOthers("cabbccca".chars().toArray(), rare);
      String expected = rare <= 2 ? "abc" : "c";
      assertEquals(expected, vocabulary.characters(), rare + " times");
    }
    assertEquals(0, Vocabulary.withOthers("ab".chars().toArray(), 3).known());
  }

  @Test
  void shouldRefuseATextOfRareCharactersAlone() throws IOException {
    TextSpec text = text("abcd", 0, Unknown.TOKEN, 2);
    String refusal =
        assertThrows(DataException.class, () -> DataReader.fit(text, 1, 1)).getMessage();
    assertTrue(
        refusal.startsWith(
            "a character must occur at least 2 times in the training part (data.rare)"),
        refusal);
  }

  private static Vocabulary vocabulary(Encoding encoding) {
    return ((Encoding.Text) encoding).vocabulary();
  }

  private TextSpec text(String content, double test, Unknown unknown, int rare) throws IOException {
    Path file = Files.writeString(folder.resolve(content.hashCode() + ".txt"), content);
    return new TextSpec(file.toString(), new Split(Split.By.TIME, 0, test), unknown, rare);
  }
}

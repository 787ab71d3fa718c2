package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSourceTest {
  private static final Split ALL = new Split(Split.By.TIME, 0, 0);

  @TempDir Path folder;

  @Test
  void shouldCutStreamsOfEqualLengthWhoseClassIsTheNextCharacter() throws IOException {
    EncodedData data = DataReader.fit(text("abcabcabcab", ALL), 1, 3);

    assertEquals(3, data.training().size());
    assertEquals(3, data.outputs());
    assertTrue(data.input().isTokens());
    Sequence second = data.training().get(1);
    assertEquals("stream-000001", second.id());
    assertArrayEquals(new int[] {0, 1, 2}, second.tokens());
    assertArrayEquals(new int[] {1, 2, 0}, second.classes());
  }

  @Test
  void shouldTakeCodePointsAsCharactersAndFilesInTheOrderOfTheirNames() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "z😀");
    Files.writeString(folder.resolve("a.txt"), "é😀");
    TextSpec spec = new TextSpec(folder.toString(), ALL);
    EncodedData data = DataReader.fit(spec, 1, 1);
    Vocabulary vocabulary = ((Encoding.Text) data.encoding()).vocabulary();

    assertEquals("zé😀", vocabulary.characters());
    assertEquals("é😀z", vocabulary.decode(data.training().get(0).tokens()));
    Sequence all = DataReader.inputs(spec, data.encoding(), 1).sequences().get(0);
    assertEquals("é😀z😀", vocabulary.decode(all.tokens()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "x-UTF-16LE-BOM", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void shouldNameTextThatIsUtf16OrUtf32(String charset) throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), "abc abc".getBytes(Charset.forName(charset)));
    TextSpec spec = new TextSpec(folder.toString(), ALL);
    DataException refusal = assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
    assertTrue(charset.contains(refusal.value().substring(0, 6)), refusal.getMessage());
    assertEquals(file.toString(), refusal.place());
    assertEquals(
        "convert it with iconv -f %s -t UTF-8".formatted(refusal.value()), refusal.remedy());
  }

  @Test
  void shouldLeaveAByteOrderMarkOut() throws IOException {
    EncodedData data = DataReader.fit(text("\uFEFFabab", ALL), 1, 1);
    assertEquals("ab", ((Encoding.Text) data.encoding()).vocabulary().characters());
  }

  @Test
  void shouldSplitByTimeAndUseFewerStreamsWhereTextIsShort() throws IOException {
    EncodedData data =
        DataReader.fit(text("abababababababababab", new Split(Split.By.TIME, 0.2, 3)), 1, 8);

    assertEquals(8, data.training().size());
    assertEquals(1, data.training().get(0).length());
    assertEquals(3, data.validation().size());
    assertEquals(2, data.test().size());
  }

  @Test
  void shouldRefuseBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("latin1.txt");
    Files.write(file, "naïve".getBytes(StandardCharsets.ISO_8859_1));

    DataException refusal = refused(new TextSpec(file.toString(), ALL));
    assertMentions(refusal, "UTF-8", "0xEF", file + ", byte 2", "iconv");
    Files.write(file, new byte[] {'a', (byte) 0xE2, (byte) 0x82});
    assertMentions(refused(new TextSpec(file.toString(), ALL)), "byte 1");
  }

  @Test
  void shouldRefuseUnknownCharactersAtLineAndColumn() throws IOException {
    Encoding known = DataReader.fit(text("abc\nabc\n", ALL), 1, 1).encoding();
    TextSpec other = text("abc\nabx", ALL);

    DataException refusal =
        assertThrows(DataException.class, () -> DataReader.applyUnsplit(other, known, 1, 1));
    assertMentions(refusal, "'x' (U+0078) once", "corpus.txt:2:3", "one of the 4");
    assertMentions(
        refused(text("aaaa\naaaab", new Split(Split.By.TIME, 0, 3))), "'b'", "corpus.txt:2:5");
    Vocabulary vocabulary = ((Encoding.Text) known).vocabulary();
    assertMentions(
        assertThrows(
            DataException.class, () -> vocabulary.encode("ab?", "--prime", Unknown.REFUSE)),
        "'?'",
        "character 3 of --prime");
  }

  @Test
  void shouldRefuseTextsThatAreMissingEmptyOrTooShort() throws IOException {
    assertMentions(refused(new TextSpec(folder + "/no*", ALL)), "at least one file", "/no*");
    assertMentions(refused(text("", ALL)), "must not be empty", "corpus.txt");
    TextSpec tiny = text("abc", ALL);
    assertMentions(
        assertThrows(DataException.class, () -> DataReader.fit(tiny, 1, 3)),
        "streams (3)",
        "3 characters",
        "training.batch");
  }

  private TextSpec text(String content, Split split) throws IOException {
    Path file = folder.resolve("corpus.txt");
    Files.writeString(file, content);
    return new TextSpec(file.toString(), split);
  }

  private static DataException refused(TextSpec spec) {
    return assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
  }

  private static void assertMentions(DataException refusal, String... mentioned) {
    assertEquals(1, refusal.getMessage().lines().count());
    for (String part : mentioned) {
      assertTrue(
          refusal.getMessage().contains(part), () -> part + " is not in: " + refusal.getMessage());
    }
  }
}

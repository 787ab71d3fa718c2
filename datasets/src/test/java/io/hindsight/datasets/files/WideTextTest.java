package io.hindsight.datasets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WideTextTest {
  /** Latin, German, Polish, Russian and Greek with blanks, Japanese in CSV, and very little. */
  private static final String[] TEXTS = {
    "id,t,x\na,1,1.5\na,2,2.5\n",
    "Größe;Wert\n1;2,5\n",
    "zażółć gęślą jaźń\n".repeat(9),
    "съешь ещё этих мягких французских булок\n".repeat(9),
    "ξεσκεπάζω την ψυχοφθόρα βδελυγμία\n".repeat(9),
    "日付,値\n2020-01,1.5\n2020-02,2.5\n",
    "ab"
  };

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, UTF-16LE",
    "UTF-16BE, UTF-16BE",
    "UTF-32LE, UTF-32LE",
    "UTF-32BE, UTF-32BE",
    "UTF-16, UTF-16",
    "x-UTF-16LE-BOM, UTF-16",
    "X-UTF-32LE-BOM, UTF-32",
    "X-UTF-32BE-BOM, UTF-32"
  })
  void shouldBeToldByItsFirstBytes(String charset, String name) {
    for (String text : TEXTS) {
      byte[] bytes = text.getBytes(Charset.forName(charset));
      assertEquals(Optional.of(name), WideText.encoding(bytes), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-5", "windows-1250", "Shift_JIS", "GB18030"})
  void shouldNotBeSeenInOtherText(String charset) {
    for (String text : TEXTS) {
      byte[] bytes = text.getBytes(Charset.forName(charset));
      assertEquals(Optional.empty(), WideText.encoding(bytes), text);
    }
  }

  @Test
  void shouldNotBeSeenInTextWithABomOfUtf8OrWithSomeZeros() {
    for (String text : new String[] {"\uFEFFid,t,x\n", "", "a", "a\0b\0\0cdefg", "\0".repeat(40)}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(Optional.empty(), WideText.encoding(bytes), text);
    }
  }
}

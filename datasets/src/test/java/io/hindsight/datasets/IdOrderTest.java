package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdOrderTest {
  /** Of each length of UTF-8, at the borders of each, and beside surrogates. */
  private static final List<String> IDS =
      List.of(
          "",
          "a",
          "ab",
          "b",
          "\u007f",
          "\u0080",
          "\u07ff",
          "\u0800",
          "\ud7ff",
          "\ue000",
          "\uffee",
          "\ud800\udc00",
          "\ud83d\ude00",
          "\ud83d\ude01",
          "\udbff\udfff",
          "a\ue000",
          "a\ud83d\ude00",
          "a\ud83d\ude00b",
          "10",
          "9",
          "\u00fc",
          "z");

  @Test
  void shouldBeThatOfUnsignedUtf8Bytes() {
    for (String left : IDS) {
      for (String right : IDS) {
        int expected = Arrays.compareUnsigned(bytes(left), bytes(right));
        int actual = IdOrder.UTF_8.compare(left, right);
        assertEquals(Integer.signum(expected), Integer.signum(actual), left + " and " + right);
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlikeTextsTest {
  @Test
  void shouldGiveEachTextBackWhateverTheNumberOfThem() {
    for (int count : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 1000}) {
      List<String> times = new ArrayList<>();
      LocalDateTime time = LocalDateTime.parse("2023-12-31T22:58:59");
      for (int i = 0; i < count; i++) {
        times.add(time.plusMinutes(7L * i).toString().replace('T', ' '));
      }
      assertHolds(times, of(times));
    }
  }

  @Test
  void shouldKeepTextsThatAreLongOrEmptyOrShareHalfACharacter() {
    Random random = new Random(5);
    List<String> texts = new ArrayList<>(List.of("", "", "\u00e4", "\u00e5", "\u00e4\u00e5", ""));
    for (int length : new int[] {254, 255, 256, 257, 600}) {
      texts.add("x".repeat(length));
      texts.add("x".repeat(length) + "y");
      texts.add("y".repeat(length));
      texts.add("\ud83d\ude00".repeat(length));
    }
    for (int i = 0; i < 300; i++) {
      texts.add(texts.get(random.nextInt(texts.size())) + random.nextInt(3));
    }
    assertHolds(texts, of(texts));
    assertThrows(IndexOutOfBoundsException.class, () -> of(texts).get(texts.size()));
    assertThrows(IndexOutOfBoundsException.class, () -> of(texts).get(-1));
  }

  @Test
  void shouldGiveTheSameTextsInAnyOrderAndToManyThreads() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      texts.add("2024-%d".formatted(i * i));
    }
    List<String> alike = of(texts);
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      int from = random.nextInt(texts.size());
      int to = from + random.nextInt(Math.min(20, texts.size() - from));
      assertEquals(texts.subList(from, to), alike.subList(from, to));
      assertEquals(texts.get(from), alike.get(from));
    }
    IntStream.range(0, 100_000)
        .parallel()
        .map(i -> i % texts.size())
        .forEach(i -> assertEquals(texts.get(i), alike.get(i)));
  }

  /** One after the other, and each by its number. */
  private static void assertHolds(List<String> texts, List<String> alike) {
    Iterator<String> inOrder = alike.iterator();
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(texts.get(i), inOrder.next());
      assertEquals(texts.get(i), alike.get(i));
    }
    assertFalse(inOrder.hasNext());
    assertThrows(NoSuchElementException.class, inOrder::next);
    assertEquals(texts, alike);
  }

  private static List<String> of(List<String> texts) {
    AlikeTexts.Builder builder = new AlikeTexts.Builder();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      builder.add(ByteBuffer.wrap(bytes), bytes.length);
    }
    return builder.build();
  }
}

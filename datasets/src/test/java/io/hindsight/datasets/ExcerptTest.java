package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shouldLeaveAShortTextAsItIs() {
    assertEquals("größe", Excerpt.of("größe", 5));
  }

  @Test
  void shouldTellHowLongALongTextIs() {
    assertEquals("aaaa… (500,000 characters)", Excerpt.of("a".repeat(500_000), 4));
  }

  @Test
  void shouldCutNoCharacterInTwo() {
    assertEquals("a… (4 characters)", Excerpt.of("a😀😀😀", 2));
    assertEquals("a😀… (4 characters)", Excerpt.of("a😀😀😀", 3));
  }

  @Test
  void shouldMakeOneLineOfSeveral() {
    assertEquals("one; two; three", Excerpt.line("one\n  two\r\n\nthree\n", 80));
  }

  @Test
  void shouldBoundEveryPartOfADataException() {
    String part = "x".repeat(100_000);
    DataException wide = new DataException(part, part, part, part);
    assertTrue(wide.getMessage().length() < 7_000, "" + wide.getMessage().length());
    assertEquals(part, wide.place());
  }
}

package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePartsTest {
  @ParameterizedTest
  @CsvSource({
    "2013;1;2;5, 2013-01-02T05:00",
    "2013;1;2, 2013-01-02",
    "2013.0;12.0, 2013-12",
    "2013;1;2;5;6;7, 2013-01-02T05:06:07",
    "2013-01-02;5, 2013-01-02T05:00",
    "2013-01-02;0;30, 2013-01-02T00:30",
    "2013-01-02;9:30:00, 2013-01-02T09:30:00",
    "2013-01-02;17:24, 2013-01-02T17:24",
    "12;7, 12 07",
    "spring;7, spring 07",
    "2013-01-02;x, 2013-01-02 x",
    "-5;0.5, -5 0.5",
    "2013;1;2;3;4;5;6, 2013 01 02 03 04 05 06"
  })
  void shouldWriteOneTextThatSorts(String parts, String expected) {
    assertEquals(expected, TimeParts.join(List.of(parts.split(";"))));
  }

  @Test
  void shouldKeepIdsOfSeveralColumnsApart() {
    assertEquals("a/b", IdParts.join(List.of("a", " b ")));
    assertEquals("a\\/b/c", IdParts.join(List.of("a/b", "c")));
    assertEquals("a/b\\/c", IdParts.join(List.of("a", "b/c")));
    assertEquals("a\\\\/b", IdParts.join(List.of("a\\", "b")));
  }
}

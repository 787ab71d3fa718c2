package io.hindsight.datasets.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1.00", "1."})
  void shouldTakeAWholeNumberForTheSameHoweverItIsWritten(String written) {
    assertEquals(0, Labels.of(List.of("1", "2")).indexOf(written));
    assertEquals(0, Labels.of(List.of("1.0", "2.0")).indexOf(written));
  }

  /** In one column of one type, or in files of different types. */
  @Test
  void shouldGiveEveryNumericTypeTheSameLabel() {
    List<Object> ones =
        List.of(
            (byte) 1,
            (short) 1,
            1,
            1L,
            1f,
            1.0,
            new BigDecimal("1.00"),
            new BigDecimal("1"),
            "1.0");
    Labels labels = new Labels(List.of("1", "2"));
    for (Object one : ones) {
      assertEquals(0, labels.indexOf(LabelText.of(one)), one.getClass().getSimpleName());
    }
    List<Object> ids =
        List.of(12345678, 12345678L, 1.2345678E7, 1.2345678E7f, new BigDecimal("12345678.0"));
    for (Object id : ids) {
      assertEquals(0, new Labels(List.of("12345678")).indexOf(LabelText.of(id)), id.toString());
    }
    assertEquals(LabelText.of(-1), LabelText.key(LabelText.of(-1.0)));
    assertEquals(LabelText.of(0), LabelText.key(LabelText.of(-0.0)));
    assertEquals(LabelText.of(0.5), LabelText.of(new BigDecimal("0.50")));
    assertEquals(LabelText.of(0.5), LabelText.of(0.5f));
  }

  @ParameterizedTest
  @CsvSource({"007,7", "1e3,1000", "1E3,1000", "1.10,1.1", "+1,1", "0x1,1", "1.0.0,1", "-007,-7"})
  void shouldLeaveTextThatOnlyLooksLikeANumberAsItIs(String text, String number) {
    assertNotEquals(LabelText.key(number), LabelText.key(text));
    assertEquals(List.of(text, "z"), Labels.of(List.of("z", text)).names());
    assertEquals(2, Labels.of(List.of(text, number)).size());
  }

  @Test
  void shouldKeepTheSpellingUnlessThereAreSeveral() {
    assertEquals(List.of("1.0", "2.0"), Labels.of(List.of("2.0", "1.0")).names());
    assertEquals(List.of("1", "2.0"), Labels.of(List.of("2.0", "1.0", "1")).names());
    assertEquals(List.of("0", "1"), Labels.of(List.of("-0", "1.0", "1", "0.0")).names());
    assertEquals(List.of("2", "9", "10"), Labels.of(List.of("10.0", "10", "9", "2")).names());
  }

  /** A model of before may know both as classes of their own. */
  @Test
  void shouldPreferTheSameSpellingWhereAModelKnowsTwo() {
    Labels labels = new Labels(List.of("1", "1.0", "2"));
    assertEquals(0, labels.indexOf("1"));
    assertEquals(1, labels.indexOf("1.0"));
    assertEquals(0, labels.indexOf("1.00"));
    assertEquals(2, labels.indexOf("2.0"));
    assertEquals(-1, labels.indexOf("3"));
  }
}

package io.hindsight.datasets.encoded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.Split.By;
import io.hindsight.datasets.spec.Split.Margins;
import org.junit.jupiter.api.Test;

class PartCutsTest {
  private static PartCuts cuts(int length, int validation, int test, int embargo, int after) {
    Split split = new Split(By.TIME, validation, test).with(new Margins(embargo, after));
    return PartCuts.ofLast(length, split, first -> first - embargo);
  }

  @Test
  void shouldLeaveOutStepsBeforeEachLaterPart() {
    PartCuts cuts = cuts(20, 5, 4, 2, 0);
    assertEquals(9, cuts.to(Part.TRAINING, 20)); // 11 less 2
    assertEquals(11, cuts.from(Part.VALIDATION));
    assertEquals(14, cuts.to(Part.VALIDATION, 20)); // 16 less 2
    assertEquals(16, cuts.from(Part.TEST));
    assertEquals(20, cuts.to(Part.TEST, 20));
    assertEquals(4, cuts.between());
    assertTrue(cuts.fit(20));
  }

  @Test
  void shouldLeaveAPartWholeThatNoOtherFollows() {
    assertEquals(20, cuts(20, 0, 0, 3, 0).to(Part.TRAINING, 20));
    assertEquals(0, cuts(20, 0, 0, 3, 0).between());
    PartCuts noTest = cuts(20, 5, 0, 3, 0);
    assertEquals(12, noTest.to(Part.TRAINING, 20));
    assertEquals(20, noTest.to(Part.VALIDATION, 20));
    PartCuts noValidation = cuts(20, 0, 5, 3, 0);
    assertEquals(12, noValidation.to(Part.TRAINING, 20));
    assertFalse(noValidation.has(Part.VALIDATION, 20));
  }

  @Test
  void shouldNotLeaveOutMoreThanAPartHas() {
    PartCuts cuts = cuts(10, 2, 4, 50, 0);
    assertFalse(cuts.has(Part.TRAINING, 10));
    assertFalse(cuts.has(Part.VALIDATION, 10));
    assertTrue(cuts.has(Part.TEST, 10));
    assertEquals(6, cuts.between());
    assertTrue(cuts.fit(10));
  }

  @Test
  void shouldScoreEachOfTheLastStepsAtOneOrigin() {
    int length = 23;
    int from = length - 3 * 4;
    for (int k = 1; k <= 3; k++) {
      PartCuts cuts = cuts(length, 5, (3 - k + 1) * 4, 0, (3 - k) * 4);
      assertEquals(from, cuts.from(Part.TEST));
      assertEquals(from + 4, cuts.to(Part.TEST, length));
      assertEquals(from - 5, cuts.to(Part.TRAINING, length));
      from = cuts.to(Part.TEST, length);
    }
    assertEquals(length, from);
  }
}

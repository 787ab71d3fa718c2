package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int NONE = Sequence.NO_CLASS;

  private final Sequence nine =
      Sequence.ofTokens("nine", new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8})
          .withClasses(new int[] {0, 1, 2, 3, NONE, NONE, NONE, 7, 8})
          .scoredFrom(2);

  @Test
  void shouldScoreACutWindowWhereItsSequenceIsScored() {
    assertEquals(2, Window.cut(nine, 0, 4).scoredFrom());
    assertEquals(1, Window.cut(nine, 1, 4).scoredFrom());
    assertEquals(0, Window.cut(nine, 3, 4).scoredFrom());
    assertEquals(1, Window.cut(nine, 0, 1).scoredFrom());
    assertTrue(Window.cut(nine, 1, 4).isScored(1));
    assertFalse(Window.cut(nine, 1, 4).isScored(0), "before the first target");
    assertFalse(Window.cut(nine, 1, 4).isScored(3), "lacks its target");
    assertFalse(Window.cut(nine, 4, 3).isAnyScored());
    assertTrue(Window.cut(nine, 4, 4).isAnyScored());
    assertFalse(Window.cut(nine, 4, 4).scoredFrom(4).isAnyScored());
  }

  @Test
  void shouldTellItsStartInTheIdOfACutWindowOnly() {
    assertEquals("nine", Window.whole(nine).id());
    assertEquals("nine@0000000000", Window.cut(nine, 0, 9).id());
    assertEquals("nine@0000000007", Window.cut(nine, 7, 2).id());
    Sequence long1 = Sequence.ofTokens("long", new int[12346]);
    assertEquals("long@0000012345", Window.cut(long1, 12345, 1).id());
  }

  @Test
  void shouldBecomeASequenceOfItsOwnSteps() {
    assertSame(nine, Window.whole(nine).toSequence());
    Sequence copy = Window.cut(nine, 6, 3).scoredFrom(2).toSequence();
    assertEquals("nine@0000000006", copy.id());
    assertEquals(2, copy.firstTarget());
    assertArrayEquals(new int[] {6, 7, 8}, copy.tokens());
    assertArrayEquals(new int[] {NONE, 7, 8}, copy.classes());
  }

  /** Which steps of a batch are scored, and what is read, is that of a copy. */
  @Test
  void shouldBeReadInABatchAsACopyIs() {
    for (int start = 0; start < 9; start++) {
      for (int steps = 1; steps <= 9 - start; steps++) {
        Window window = Window.cut(nine, start, steps);
        SequenceBatch views = new SequenceBatch(1);
        SequenceBatch copies = new SequenceBatch(1);
        int from = steps / 2;
        views.set(3, window, from, steps - from);
        copies.set(3, window.toSequence(), from, steps - from);
        assertEquals(from, views.startInWindow(3));
        for (int t = 0; t < 9; t++) {
          for (boolean lastOnly : new boolean[] {false, true}) {
            assertEquals(copies.isScored(3, t, lastOnly), views.isScored(3, t, lastOnly));
          }
        }
        for (int t = 0; t < views.length(3); t++) {
          assertEquals(
              copies.sequence(3).tokens()[copies.start(3) + t],
              views.sequence(3).tokens()[views.start(3) + t]);
        }
      }
    }
  }

  @Test
  void shouldRefuseStepsThatAreNotThere() {
    assertThrows(IllegalArgumentException.class, () -> Window.cut(nine, -1, 3));
    assertThrows(IllegalArgumentException.class, () -> Window.cut(nine, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Window.cut(nine, 1, Integer.MAX_VALUE));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Window.cut(nine, 7, 3)).getMessage();
    assertEquals("window [7, 10) is outside the 9 steps of sequence 'nine'", message);
    Window window = Window.cut(nine, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> window.scoredFrom(4));
    SequenceBatch batch = new SequenceBatch(1);
    assertThrows(IllegalArgumentException.class, () -> batch.set(0, window, 1, 3));
  }
}

package io.hindsight.datasets.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.IdOrder;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowOrderTest {
  private static final Comparator<Window> BY_TEXT = Comparator.comparing(Window::id, IdOrder.UTF_8);
  private static final int LENGTH = 3;

  /** Every pair of ids that begin with each other, around the character before a start. */
  @Test
  void shouldOrderAsTheTextsOfIdsDo() {
    List<Window> windows = new ArrayList<>();
    for (String id :
        List.of("", "a", "a!", "a@", "a@0000000001", "aA", "a!@", "b", "ab", "\uD83D")) {
      addAll(windows, id);
    }
    CounterRandom random = CounterRandom.of(11, Purpose.GENERATED_DATA);
    String[] letters = {"!", "@", "A", "0", "1", "é", "\uE000", "\uD83D\uDE00", "\uDC00"};
    for (int i = 0; i < 60; i++) {
      StringBuilder id = new StringBuilder();
      for (int length = (int) (4 * random.nextDouble()); length > 0; length--) {
        id.append(letters[(int) (letters.length * random.nextDouble())]);
      }
      addAll(windows, id.toString());
    }
    for (Window left : windows) {
      for (Window right : windows) {
        assertEquals(
            Integer.signum(BY_TEXT.compare(left, right)),
            Integer.signum(WindowOrder.BY_ID.compare(left, right)),
            left.id() + " and " + right.id());
      }
    }
  }

  @Test
  void shouldPutWindowsOfALongerIdBeforeThoseOfTheShorterWhereTheTextsDo() {
    Window of = Window.cut(sequence("a"), 0, 1);
    Window ofLonger = Window.cut(sequence("a!"), 2, 1);

    assertTrue(WindowOrder.BY_ID.compare(ofLonger, of) < 0);
    assertTrue(IdOrder.UTF_8.compare("a", "a!") < 0);
  }

  @Test
  void shouldOrderWindowsOfASequenceByTheirStarts() {
    Sequence sequence = Sequence.ofTokens("a", new int[120]);
    List<Window> windows = new ArrayList<>();
    for (int start : new int[] {110, 9, 0, 10, 99, 2}) {
      windows.add(Window.cut(sequence, start, 10));
    }
    windows.sort(WindowOrder.BY_ID);

    assertEquals(List.of(0, 2, 9, 10, 99, 110), windows.stream().map(Window::start).toList());
  }

  private static void addAll(List<Window> windows, String id) {
    Sequence sequence = sequence(id);
    windows.add(Window.whole(sequence));
    windows.add(Window.cut(sequence, 0, LENGTH));
    windows.add(Window.cut(sequence, 1, 1));
  }

  private static Sequence sequence(String id) {
    return Sequence.ofTokens(id, new int[LENGTH]);
  }
}

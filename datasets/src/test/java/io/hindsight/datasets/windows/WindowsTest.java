package io.hindsight.datasets.windows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void shouldScoreEveryTargetExactlyOnceAfterEnoughHistory() {
    for (int length : new int[] {1, 2, 5, 9, 16, 31}) {
      for (int firstTarget = 0; firstTarget <= length; firstTarget++) {
        for (int window : new int[] {1, 2, 3, 8, 40}) {
          for (int stride = 1; stride <= window; stride += 1 + window / 4) {
            checkScoring(length, firstTarget, window, stride);
          }
        }
      }
    }
  }

  @Test
  void shouldTrainOnEveryTargetAtLeastOnce() {
    for (int length : new int[] {1, 2, 5, 9, 16, 31}) {
      for (int firstTarget = 0; firstTarget <= length; firstTarget++) {
        for (int window : new int[] {1, 2, 3, 8, 40}) {
          for (int stride = 1; stride <= window; stride += 1 + window / 4) {
            checkTraining(length, firstTarget, window, stride);
          }
        }
      }
    }
  }

  @Test
  void shouldLeaveOutWindowsThatLackAllTheirTargets() {
    int[] classes = {0, Sequence.NO_CLASS, Sequence.NO_CLASS, Sequence.NO_CLASS, 2, 0};
    Sequence whole = Sequence.ofTokens("s", new int[6]).withClasses(classes);

    assertEquals(
        List.of("s@0000000000", "s@0000000004"),
        Windows.training(List.of(whole), 2, 2).stream().map(Window::id).toList());
    assertEquals(
        List.of("s@0000000004"),
        Windows.training(List.of(whole.scoredFrom(1)), 2, 2).stream().map(Window::id).toList());
  }

  @Test
  void shouldNameWindowsByTheirStart() {
    List<Window> windows = Windows.training(List.of(counting(25, 0)), 10, 10);

    assertEquals(
        List.of("s@a@0000000000", "s@a@0000000010", "s@a@0000000020"),
        windows.stream().map(Window::id).toList());
    assertEquals(List.of(10, 10, 5), windows.stream().map(Window::steps).toList());
    assertEquals(List.of(0, 10, 20), windows.stream().map(Window::start).toList());
  }

  @Test
  void shouldAnswerOncePerStepAtStrideOneForNetworksThatAnswerLast() {
    List<Window> windows = Windows.scoring(one(9, 4), 3, 1).stream().toList();

    assertEquals(
        List.of(4.0, 5.0, 6.0, 7.0, 8.0),
        windows.stream().map(w -> w.sequence().targets()[w.start() + w.steps() - 1]).toList());
    assertTrue(windows.stream().allMatch(w -> w.steps() == 3 && w.scoredFrom() == 2));
  }

  @Test
  void shouldAnswerAStepFromTheSameHistoryWhateverIsScored() {
    for (int firstTarget = 0; firstTarget < 31; firstTarget++) {
      for (int length = firstTarget + 1; length <= 31; length++) {
        int[] all = historyOfSteps(31, 0);
        int[] part = historyOfSteps(length, firstTarget);
        for (int t = firstTarget; t < length; t++) {
          assertEquals(all[t], part[t], length + " " + firstTarget + " " + t);
        }
      }
    }
  }

  @Test
  void shouldShowWholeSequencesAsTheyAre() {
    Sequence whole = counting(5, 2);
    List<Window> windows = Windows.whole(List.of(whole, whole));

    assertEquals(List.of(new Window(whole, 0, 5, 2, false), Window.whole(whole)), windows);
    assertEquals("s@a", windows.get(0).id());
  }

  @Test
  void shouldRefuseStridesThatSkipSteps() {
    List<Sequence> whole = List.of(counting(5, 0));

    assertThrows(IllegalArgumentException.class, () -> Windows.training(whole, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Windows.scoring(one(5, 0), 0, 1));
  }

  /** By step: the start of the window that scores it. */
  private static int[] historyOfSteps(int length, int firstTarget) {
    int[] starts = new int[length];
    for (Window w : Windows.scoring(one(length, firstTarget), 8, 3)) {
      int start = w.start();
      Arrays.fill(starts, start + w.scoredFrom(), start + w.steps(), start);
    }
    return starts;
  }

  private static void checkScoring(int length, int firstTarget, int window, int stride) {
    int[] scored = new int[length];
    for (Window w : Windows.scoring(one(length, firstTarget), window, stride)) {
      int start = w.start();
      assertTrue(w.steps() <= window);
      assertTrue(w.scoredFrom() < w.steps());
      assertTrue(w.scoredFrom() >= Math.min(window - stride, start), "history");
      for (int t = w.scoredFrom(); t < w.steps(); t++) {
        assertTrue(w.isScored(t));
        scored[start + t]++;
      }
    }
    int[] expected = new int[length];
    Arrays.fill(expected, firstTarget, length, 1);
    assertArrayEquals(expected, scored, length + " " + firstTarget + " " + window + " " + stride);
  }

  private static void checkTraining(int length, int firstTarget, int window, int stride) {
    int[] scored = new int[length];
    for (Window w : Windows.training(List.of(counting(length, firstTarget)), window, stride)) {
      assertTrue(w.steps() <= window);
      assertTrue(w.scoredFrom() < w.steps());
      for (int t = w.scoredFrom(); t < w.steps(); t++) {
        scored[w.start() + t]++;
      }
    }
    for (int t = 0; t < length; t++) {
      assertTrue(t < firstTarget ? scored[t] == 0 : scored[t] >= 1);
      assertTrue(stride < window || scored[t] <= 1);
    }
  }

  private static WindowBlocks one(int length, int firstTarget) {
    return WindowBlocks.whole(List.of(counting(length, firstTarget)));
  }

  private static Sequence counting(int length, int firstTarget) {
    double[] steps = new double[length];
    Arrays.setAll(steps, t -> t);
    return Sequence.ofFeatures("s@a", steps, length).withTargets(steps).scoredFrom(firstTarget);
  }
}

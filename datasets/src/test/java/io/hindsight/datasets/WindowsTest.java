package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
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
        Windows.training(List.of(whole), 2, 2).stream().map(Sequence::id).toList());
    assertEquals(
        List.of("s@0000000004"),
        Windows.training(List.of(whole.scoredFrom(1)), 2, 2).stream().map(Sequence::id).toList());
  }

  @Test
  void shouldNameWindowsSoThatTheySort() {
    List<Sequence> windows = Windows.training(List.of(counting(25, 0)), 10, 10);

    assertEquals(
        List.of("s@a@0000000000", "s@a@0000000010", "s@a@0000000020"),
        windows.stream().map(Sequence::id).toList());
    assertEquals(List.of(10, 10, 5), windows.stream().map(Sequence::length).toList());
    assertEquals("s@a", Windows.wholeId(windows.get(2).id()));
    assertEquals(20, Windows.start(windows.get(2).id()));
  }

  @Test
  void shouldAnswerOncePerStepAtStrideOneForNetworksThatAnswerLast() {
    List<Sequence> windows = Windows.scoring(List.of(counting(9, 4)), 3, 1);

    assertEquals(
        List.of(4.0, 5.0, 6.0, 7.0, 8.0),
        windows.stream().map(w -> w.targets()[w.length() - 1]).toList());
    assertTrue(windows.stream().allMatch(w -> w.length() == 3 && w.firstTarget() == 2));
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
  void shouldRefuseStridesThatSkipSteps() {
    List<Sequence> whole = List.of(counting(5, 0));

    assertThrows(IllegalArgumentException.class, () -> Windows.training(whole, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Windows.scoring(whole, 0, 1));
  }

  /** By step: the start of the window that scores it. */
  private static int[] historyOfSteps(int length, int firstTarget) {
    int[] starts = new int[length];
    for (Sequence w : Windows.scoring(List.of(counting(length, firstTarget)), 8, 3)) {
      int start = Windows.start(w.id());
      Arrays.fill(starts, start + w.firstTarget(), start + w.length(), start);
    }
    return starts;
  }

  private static void checkScoring(int length, int firstTarget, int window, int stride) {
    int[] scored = new int[length];
    for (Sequence w : Windows.scoring(List.of(counting(length, firstTarget)), window, stride)) {
      int start = Windows.start(w.id());
      assertTrue(w.length() <= window);
      assertTrue(w.firstTarget() < w.length());
      assertTrue(w.firstTarget() >= Math.min(window - stride, start), "history");
      for (int t = w.firstTarget(); t < w.length(); t++) {
        assertEquals(start + t, w.targets()[t]);
        scored[start + t]++;
      }
    }
    int[] expected = new int[length];
    Arrays.fill(expected, firstTarget, length, 1);
    assertArrayEquals(expected, scored, length + " " + firstTarget + " " + window + " " + stride);
  }

  private static void checkTraining(int length, int firstTarget, int window, int stride) {
    int[] scored = new int[length];
    for (Sequence w : Windows.training(List.of(counting(length, firstTarget)), window, stride)) {
      assertTrue(w.length() <= window);
      assertTrue(w.firstTarget() < w.length());
      for (int t = w.firstTarget(); t < w.length(); t++) {
        scored[Windows.start(w.id()) + t]++;
      }
    }
    for (int t = 0; t < length; t++) {
      assertTrue(t < firstTarget ? scored[t] == 0 : scored[t] >= 1);
      assertTrue(stride < window || scored[t] <= 1);
    }
  }

  private static Sequence counting(int length, int firstTarget) {
    double[] steps = new double[length];
    Arrays.setAll(steps, t -> t);
    return Sequence.ofFeatures("s@a", steps, length).withTargets(steps).scoredFrom(firstTarget);
  }
}

package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceTest {
  @Test
  void shouldTakeWidthsFromTheArrays() {
    Sequence sequence =
        Sequence.ofFeatures("a", new double[] {1, 2, 3, 4, 5, 6}, 3).withTargets(new double[12]);
    assertEquals(2, sequence.width());
    assertEquals(4, sequence.targetWidth());
    assertFalse(sequence.isTokens());
    assertTrue(sequence.hasTargets());
  }

  @Test
  void shouldHaveWidthOneForTokens() {
    Sequence sequence = Sequence.ofTokens("a", new int[] {3, 1, 2});
    assertEquals(1, sequence.width());
    assertEquals(0, sequence.targetWidth());
    assertTrue(sequence.isTokens());
    assertFalse(sequence.hasTargets());
    assertTrue(sequence.withClasses(new int[3]).hasTargets());
  }

  @Test
  void shouldCopyTheStepsOfAWindow() {
    double[] features = {0, 1, 10, 11, 20, 21, 30, 31};
    double[] targets = {0, 1, 2, 3};
    Sequence window =
        Sequence.ofFeatures("a", features, 4).withTargets(targets).window("a/1", 1, 2);
    features[2] = -1;
    targets[1] = -1;
    assertEquals("a/1", window.id());
    assertEquals(2, window.length());
    assertArrayEquals(new double[] {10, 11, 20, 21}, window.features());
    assertArrayEquals(new double[] {1, 2}, window.targets());
    assertNull(window.tokens());
    assertNull(window.classes());
  }

  @Test
  void shouldCopyTokensAndClassesOfAWindow() {
    Sequence whole =
        Sequence.ofTokens("a", new int[] {5, 6, 7, 8}).withClasses(new int[] {1, 2, 3, 4});
    Sequence window = whole.window("w", 2, 2);
    assertArrayEquals(new int[] {7, 8}, window.tokens());
    assertArrayEquals(new int[] {3, 4}, window.classes());
  }

  @Test
  void shouldMoveTheFirstTargetWithTheWindow() {
    Sequence whole = Sequence.ofTokens("a", new int[10]).withClasses(new int[10]).scoredFrom(4);
    assertEquals(4, whole.firstTarget());
    assertEquals(3, whole.window("w", 0, 3).firstTarget());
    assertEquals(2, whole.window("w", 2, 5).firstTarget());
    assertEquals(0, whole.window("w", 4, 5).firstTarget());
    assertEquals(0, whole.window("w", 7, 3).firstTarget());
  }

  @Test
  void shouldScoreNoStepWithoutATargetOfItsOwn() {
    double none = Sequence.NO_VALUE;
    Sequence inputs = Sequence.ofTokens("a", new int[5]);
    Sequence values = inputs.withTargets(new double[] {1, 1, none, none, 2, 2, none, none, 3, 3});
    Sequence classes = inputs.withClasses(new int[] {1, Sequence.NO_CLASS, 2, -1, 3});
    for (Sequence sequence : new Sequence[] {values, classes}) {
      for (int from = 0; from <= 5; from++) {
        for (int t = 0; t < 5; t++) {
          assertEquals(t >= from && t % 2 == 0, sequence.scoredFrom(from).isScored(t));
        }
      }
      assertTrue(sequence.isAnyScored(1, 3));
      assertFalse(sequence.isAnyScored(1, 2));
      assertFalse(sequence.scoredFrom(3).isAnyScored(0, 4));
      assertTrue(sequence.window("w", 1, 3).isScored(1));
      assertFalse(sequence.window("w", 1, 3).isAnyScored(2, 3));
    }
    assertTrue(inputs.isScored(3), "a sequence without targets is answered everywhere");
  }

  @Test
  void shouldScoreAStepOfWhichAnElementIsThere() {
    double none = Sequence.NO_VALUE;
    Sequence sequence =
        Sequence.ofTokens("a", new int[3]).withTargets(new double[] {none, 1, none, none, 2, none});
    assertTrue(sequence.isScored(0));
    assertFalse(sequence.isScored(1));
    assertTrue(sequence.isScored(2));
  }

  @Test
  void shouldScoreNoStepOfWeightZero() {
    double[] weights = {1, 0, 2.5};
    Sequence sequence = Sequence.ofTokens("a", new int[3]).withWeights(weights);
    assertTrue(sequence.isScored(1), "without targets every step is answered");
    Sequence labelled = sequence.withClasses(new int[3]);
    assertFalse(labelled.isScored(1));
    assertTrue(labelled.isScored(2));
    assertSame(weights, labelled.weights());
    assertEquals(2.5, labelled.scoredFrom(1).weight(2));
    assertArrayEquals(new double[] {0, 2.5}, labelled.window("b", 1, 2).weights());
    assertNull(labelled.withoutTargets().weights());
    assertEquals(1, labelled.withoutTargets().weight(2));
  }

  @Test
  void shouldRefuseWeightsThatAreNone() {
    Sequence sequence = Sequence.ofTokens("a", new int[2]);
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class, () -> sequence.withWeights(new double[] {1, wrong}));
      assertTrue(e.getMessage().contains("'a', step 1: a weight must be"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> sequence.withWeights(new double[3]));
  }

  @Test
  void shouldNameTheSequenceThatIsRefused() {
    assertMessage("'x' is empty", () -> Sequence.ofTokens("x", new int[0]));
    assertMessage("'x'", () -> Sequence.ofFeatures("x", new double[0], 0));
    assertMessage("'x': 7 features", () -> Sequence.ofFeatures("x", new double[7], 3));
    Sequence three = Sequence.ofTokens("x", new int[3]);
    assertMessage("'x': 4 targets", () -> three.withTargets(new double[4]));
    assertMessage("'x' has 3 steps but 2", () -> three.withClasses(new int[2]));
    assertMessage("first target 4", () -> three.scoredFrom(4));
    assertMessage("first target -1", () -> three.scoredFrom(-1));
  }

  private static void assertMessage(String part, Runnable action) {
    Exception e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}

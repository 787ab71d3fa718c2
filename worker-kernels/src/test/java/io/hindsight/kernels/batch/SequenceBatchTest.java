package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceBatchTest {
  private final Sequence three = Sequence.ofTokens("three", new int[3]).withClasses(new int[3]);
  private final Sequence nine = Sequence.ofTokens("nine", new int[9]).withClasses(new int[9]);

  @Test
  void shouldRoundLanesUpToWholeBlocks() {
    assertEquals(1, SequenceBatch.blocksFor(1));
    assertEquals(1, SequenceBatch.blocksFor(8));
    assertEquals(2, SequenceBatch.blocksFor(9));
    assertThrows(IllegalArgumentException.class, () -> new SequenceBatch(0));
  }

  @Test
  void shouldTakeWholeSequencesLaneByLane() {
    SequenceBatch batch = SequenceBatch.of(three, nine);
    assertEquals(1, batch.blocks());
    assertEquals(8, batch.lanes());
    assertEquals(2, batch.occupied());
    assertSame(nine, batch.sequence(1));
    assertNull(batch.sequence(2));
    assertEquals(0, batch.length(2));
  }

  @Test
  void shouldRunABlockAsLongAsItsLongestLane() {
    SequenceBatch batch = new SequenceBatch(3);
    batch.set(0, three, 1, 2);
    batch.set(7, nine, 4, 1);
    batch.set(8, nine, 0, 9);
    assertEquals(2, batch.steps(0));
    assertEquals(9, batch.steps(1));
    assertEquals(0, batch.steps(2));
    assertEquals(9, batch.steps());
  }

  @Test
  void shouldForgetEverythingWhenCleared() {
    SequenceBatch batch = SequenceBatch.of(three, nine);
    batch.clear();
    assertEquals(0, batch.occupied());
    assertEquals(0, batch.steps());
    assertNull(batch.sequence(0));
  }

  @Test
  void shouldScoreEveryStepOfTheWindowFromTheFirstTargetOn() {
    SequenceBatch batch = new SequenceBatch(1);
    batch.set(0, nine.scoredFrom(4), 3, 4);
    assertFalse(batch.isScored(0, 0, false));
    assertTrue(batch.isScored(0, 1, false));
    assertTrue(batch.isScored(0, 3, false));
    assertFalse(batch.isScored(0, 4, false), "after the window");
    assertFalse(batch.isScored(1, 0, false), "an empty lane");
  }

  @Test
  void shouldScoreTheLastStepOnlyInTheWindowThatHoldsIt() {
    SequenceBatch batch = new SequenceBatch(1);
    batch.set(0, nine, 3, 4);
    batch.set(1, nine, 5, 4);
    for (int t = 0; t < 4; t++) {
      assertFalse(batch.isScored(0, t, true));
      assertEquals(t == 3, batch.isScored(1, t, true));
    }
  }

  @Test
  void shouldSkipStepsThatLackTheirTarget() {
    Sequence classes = three.withClasses(new int[] {4, Sequence.NO_CLASS, Sequence.NO_CLASS});
    double nan = Double.NaN;
    Sequence values = three.withTargets(new double[] {1, 2, nan, nan, 0, 0});
    SequenceBatch batch = SequenceBatch.of(classes, values, classes.scoredFrom(2));
    for (boolean last : new boolean[] {false, true}) {
      assertEquals(!last, batch.isScored(0, 0, last));
      assertFalse(batch.isScored(0, 1, last));
      assertFalse(batch.isScored(1, 1, last));
      assertTrue(batch.isScored(1, 2, last));
    }
  }

  @Test
  void shouldScoreEveryStepOfASequenceWithoutTargets() {
    SequenceBatch batch = SequenceBatch.of(Sequence.ofTokens("bare", new int[2]));
    assertTrue(batch.isScored(0, 1, false));
  }

  @Test
  void shouldRefuseWindowsOutsideTheSequence() {
    SequenceBatch batch = new SequenceBatch(1);
    assertThrows(IllegalArgumentException.class, () -> batch.set(0, three, -1, 2));
    assertThrows(IllegalArgumentException.class, () -> batch.set(0, three, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> batch.set(0, three, 1, Integer.MAX_VALUE));
    Exception e = assertThrows(IllegalArgumentException.class, () -> batch.set(0, three, 2, 2));
    assertTrue(e.getMessage().contains("[2, 4)") && e.getMessage().contains("'three'"));
  }

  @Test
  void shouldScoreOnlyTheNewStepsOfAPieceThatOverlaps() {
    Sequence sequence = Sequence.ofFeatures("a", new double[9], 9).withTargets(new double[9]);
    SequenceBatch batch = new SequenceBatch(1);
    batch.set(2, sequence, 3, 5);
    assertEquals(5, batch.handedOnAfter(2));
    batch.overlap(2, 3, 4);
    assertFalse(batch.isScored(2, 2, false));
    assertTrue(batch.isScored(2, 3, false));
    assertTrue(batch.isScored(2, 4, false));
    assertEquals(4, batch.handedOnAfter(2));
    batch.set(2, sequence, 0, 2);
    assertTrue(batch.isScored(2, 0, false));
    assertEquals(2, batch.handedOnAfter(2));
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 5", "0, 6", "0, -1"})
  void shouldRefuseAnOverlapBeyondThePiece(int scored, int after) {
    SequenceBatch batch = SequenceBatch.of(Sequence.ofFeatures("a", new double[5], 5));
    assertThrows(IllegalArgumentException.class, () -> batch.overlap(0, scored, after));
  }
}

package io.hindsight.datasets.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void shouldCountRowsWhereTheyAreOneStepApart() {
    for (Timeline line :
        new Timeline[] {Timeline.ofRows(5), Timeline.of(new double[] {0, 1.02, 1.98, 3, 4})}) {
      assertEquals(3, line.after(1, 2));
      assertEquals(-1, line.after(1, 4));
      assertEquals(1, line.before(3, 2));
      assertEquals(-1, line.before(3, 4));
      assertEquals(1, line.newestBefore(3, 2));
      assertEquals(-1, line.newestBefore(3, 4));
      assertEquals(3, line.rowsWithTarget(2));
      assertEquals(0, line.rowsWithTarget(7));
      assertEquals(4, line.position(4));
      assertTrue(line.isRun(0, 4));
      assertFalse(line.isRun(-1, 4));
    }
  }

  @Test
  void shouldFindRowsByTimeWhereSomeAreMissing() {
    Timeline line = Timeline.of(new double[] {0, 1, 2, 5, 6});

    assertEquals(-1, line.after(2, 1));
    assertEquals(3, line.after(2, 3));
    assertEquals(-1, line.after(1, 2));
    assertEquals(4, line.after(2, 4));
    assertEquals(2, line.after(2, 0));
    assertEquals(-1, line.before(3, 1));
    assertEquals(2, line.newestBefore(3, 1));
    assertEquals(2, line.newestBefore(4, 3));
    assertEquals(0, line.newestBefore(4, 6));
    assertEquals(-1, line.newestBefore(4, 7));
    assertTrue(line.isRun(0, 2));
    assertFalse(line.isRun(2, 3));
    assertTrue(line.isRun(3, 4));
    assertEquals(4, line.rowsWithTarget(1));
    assertEquals(3, line.rowsWithTarget(4));
    assertEquals(2, line.rowsWithTarget(5));
    assertEquals(1, line.rowsWithTarget(6));
  }

  @Test
  void shouldKeepAllButTheLastRowsWhereNoneHasATarget() {
    assertEquals(3, Timeline.of(new double[] {0, 2, 4.5, 7}).rowsWithTarget(1));
  }

  @Test
  void shouldPlaceARowBetweenStepsBetweenThem() {
    Timeline line = Timeline.of(new double[] {0, 1, 1.5, 2, 3});

    assertEquals(3, line.after(1, 1));
    assertEquals(-1, line.after(2, 1));
    assertEquals(2, line.newestBefore(4, 1) - 1);
    assertEquals(1, line.newestBefore(2, 0) - 1);
    assertEquals(1.5, line.position(2));
  }

  @Test
  void shouldNotAddSmallErrorsUp() {
    Random random = new Random(3);
    double[] times = new double[2000];
    for (int i = 1; i < times.length; i++) {
      int step = i == 1000 ? 4 : 1;
      times[i] = times[i - 1] + step + 0.04 * (random.nextDouble() - 0.4);
    }
    Timeline line = Timeline.of(times);

    assertTrue(Math.abs(times[1999] - 2002) > 1, "they add up to more than a step");
    assertEquals(2002, line.position(1999));
    assertEquals(999, line.before(1000, 4));
    assertEquals(100, line.before(1500, 1403));
  }

  /** Rows 1, 2 and 4 were put in: nobody may look them up, and no run may hold them. */
  @Test
  void shouldNotFindRowsThatWerePutIn() {
    BitSet inserted = BitSet.valueOf(new long[] {0b010110});
    for (Timeline line :
        List.of(
            Timeline.ofRows(6).without(inserted),
            Timeline.of(new double[] {0, 1, 2, 3, 4, 6}).without(inserted))) {
      assertEquals(-1, line.after(0, 1));
      assertEquals(3, line.after(0, 3));
      assertEquals(3, line.after(2, 1));
      assertEquals(-1, line.before(3, 1));
      assertEquals(0, line.before(3, 3));
      assertEquals(3, line.newestBefore(4, 0));
      assertEquals(0, line.newestBefore(3, 1));
      assertEquals(-1, line.newestBefore(0, 1));
      assertFalse(line.isRun(0, 3));
      assertFalse(line.isRun(3, 4));
      assertTrue(line.isRun(3, 3));
      ByteBuffer bytes = ByteBuffer.allocate((int) line.byteCount());
      line.put(bytes);
      assertFalse(bytes.hasRemaining());
      Timeline read = Timeline.get(bytes.flip());
      assertEquals(-1, read.after(0, 1));
      assertEquals(3, read.after(2, 1));
    }
    // the last row with a target is the one before row 3
    assertEquals(3, Timeline.ofRows(5).without(inserted).rowsWithTarget(1));
  }
}

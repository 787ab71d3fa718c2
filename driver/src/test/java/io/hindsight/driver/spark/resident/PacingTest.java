package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Times are given, so nothing here depends on the machine's. */
class PacingTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final Pacing pacing = new Pacing();

  @Test
  void shouldAskWhenTheNextStepIsExpected() {
    stepOf(2 * MILLI);
    pacing.begin(0);
    assertEquals(2 * MILLI, pacing.pauseNanos(0, 1));
    assertEquals(MILLI / 2, pacing.pauseNanos(3 * MILLI / 2, 1));
  }

  @Test
  void shouldAskEverMoreSeldomWhenAStepIsLate() {
    stepOf(MILLI);
    pacing.begin(0);
    assertEquals(MILLI / 10, pacing.pauseNanos(MILLI, 1));
    assertEquals(MILLI / 2, pacing.pauseNanos(3 * MILLI, 1));
  }

  @Test
  void shouldBoundTheDriversLoadByTheNumberOfStations() {
    stepOf(MILLI);
    pacing.begin(0);
    for (int stations : new int[] {1, 10, 100}) {
      long pause = pacing.pauseNanos(MILLI, stations);
      assertTrue(pause >= stations * MILLI / 10, stations + " stations: " + pause);
    }
  }

  @Test
  void shouldNeverPauseLong() {
    stepOf(100 * SECOND);
    pacing.begin(0);
    assertEquals(2 * MILLI, pacing.pauseNanos(0, 1));
    pacing.end(SECOND);
    assertEquals(2 * MILLI, pacing.pauseNanos(500 * SECOND, 1));
  }

  @Test
  void shouldKnowWhenTheNextStepIsDue() {
    stepOf(10 * MILLI);
    pacing.begin(0); // the next one is expected after 10 ms
    assertFalse(pacing.isDue(8 * MILLI, MILLI));
    assertTrue(pacing.isDue(19 * MILLI / 2, MILLI));
    assertTrue(pacing.isDue(21 * MILLI / 2, MILLI));
    assertFalse(pacing.isDue(12 * MILLI, MILLI), "nobody knows how much later");
  }

  @Test
  void shouldBePatientBeforeAStepHasEnded() {
    pacing.begin(0);
    assertFalse(pacing.isOverdue(59 * SECOND, 0));
    assertTrue(pacing.isOverdue(61 * SECOND, 0));
  }

  @Test
  void shouldMissAStationAfterThreeSecondsOfSilence() {
    stepOf(MILLI);
    pacing.begin(0);
    assertFalse(pacing.isOverdue(2 * SECOND, 0));
    assertTrue(pacing.isOverdue(4 * SECOND, 0));
    assertFalse(pacing.isOverdue(4 * SECOND, 2 * SECOND), "heard of since");
  }

  @Test
  void shouldWaitForFourStepsWhereTheyAreLong() {
    for (int i = 0; i < 3; i++) {
      stepOf(10 * SECOND);
    }
    pacing.begin(0);
    assertFalse(pacing.isOverdue(39 * SECOND, 0));
    assertTrue(pacing.isOverdue(41 * SECOND, 0));
  }

  @Test
  void shouldMissAStationAsSoonAfterLongStepsThatWereFew() {
    for (long seconds : new long[] {60, 0, 100, 0, 0, 100, 0, 0}) {
      stepOf(seconds * SECOND + MILLI);
      pacing.begin(0);
      assertTrue(pacing.isOverdue(4 * SECOND, 0), "after a step of " + seconds + " s");
    }
  }

  @Test
  void shouldWaitForFourTimesWhatOthersTookForTheSameStep() {
    stepOf(MILLI);
    pacing.begin(0);
    pacing.deliver(10 * SECOND);
    pacing.deliver(20 * SECOND);
    assertFalse(pacing.isOverdue(39 * SECOND, 0));
    assertTrue(pacing.isOverdue(41 * SECOND, 0));
    pacing.end(41 * SECOND);
    pacing.begin(50 * SECOND);
    assertTrue(pacing.isOverdue(54 * SECOND, 0), "in the next step that is over");
  }

  @Test
  void shouldNotMissAnybodyForTheTimeBetweenSteps() {
    stepOf(MILLI);
    pacing.begin(100 * SECOND); // after a long validation, say
    assertFalse(pacing.isOverdue(101 * SECOND, 0));
  }

  private void stepOf(long nanos) {
    pacing.begin(-nanos);
    pacing.end(0);
  }
}

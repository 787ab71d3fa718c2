package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Times are given, so nothing here depends on the machine's. */
class PollScheduleTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final PollSchedule schedule = new PollSchedule();

  @Test
  void shouldAskWhenTheNextStepIsExpected() {
    stepOf(2 * MILLI);
    schedule.begin(0);
    assertEquals(2 * MILLI, schedule.pauseNanos(0, 1));
    assertEquals(MILLI / 2, schedule.pauseNanos(3 * MILLI / 2, 1));
  }

  @Test
  void shouldAskEverMoreSeldomWhenAStepIsLate() {
    stepOf(MILLI);
    schedule.begin(0);
    assertEquals(MILLI / 10, schedule.pauseNanos(MILLI, 1));
    assertEquals(MILLI / 2, schedule.pauseNanos(3 * MILLI, 1));
  }

  @Test
  void shouldBoundTheDriversLoadByTheNumberOfWorkers() {
    stepOf(MILLI);
    schedule.begin(0);
    for (int workers : new int[] {1, 10, 100}) {
      long pause = schedule.pauseNanos(MILLI, workers);
      assertTrue(pause >= workers * MILLI / 10, workers + " workers: " + pause);
    }
  }

  @Test
  void shouldNeverPauseLong() {
    stepOf(100 * SECOND);
    schedule.begin(0);
    assertEquals(2 * MILLI, schedule.pauseNanos(0, 1));
    schedule.end(SECOND);
    assertEquals(2 * MILLI, schedule.pauseNanos(500 * SECOND, 1));
  }

  @Test
  void shouldKnowWhenTheNextStepIsDue() {
    stepOf(10 * MILLI);
    schedule.begin(0); // the next one is expected after 10 ms
    assertFalse(schedule.isDue(8 * MILLI, MILLI));
    assertTrue(schedule.isDue(19 * MILLI / 2, MILLI));
    assertTrue(schedule.isDue(21 * MILLI / 2, MILLI));
    assertFalse(schedule.isDue(12 * MILLI, MILLI), "nobody knows how much later");
  }

  @Test
  void shouldBePatientBeforeAStepHasEnded() {
    schedule.begin(0);
    assertFalse(schedule.isOverdue(59 * SECOND, 0));
    assertTrue(schedule.isOverdue(61 * SECOND, 0));
  }

  @Test
  void shouldMissAWorkerAfterThreeSecondsOfSilence() {
    stepOf(MILLI);
    schedule.begin(0);
    assertFalse(schedule.isOverdue(2 * SECOND, 0));
    assertTrue(schedule.isOverdue(4 * SECOND, 0));
    assertFalse(schedule.isOverdue(4 * SECOND, 2 * SECOND), "heard of since");
  }

  @Test
  void shouldWaitForFourStepsWhereTheyAreLong() {
    for (int i = 0; i < 3; i++) {
      stepOf(10 * SECOND);
    }
    schedule.begin(0);
    assertFalse(schedule.isOverdue(39 * SECOND, 0));
    assertTrue(schedule.isOverdue(41 * SECOND, 0));
  }

  @Test
  void shouldMissAWorkerAsSoonAfterLongStepsThatWereFew() {
    for (long seconds : new long[] {60, 0, 100, 0, 0, 100, 0, 0}) {
      stepOf(seconds * SECOND + MILLI);
      schedule.begin(0);
      assertTrue(schedule.isOverdue(4 * SECOND, 0), "after a step of " + seconds + " s");
    }
  }

  @Test
  void shouldWaitForFourTimesWhatOthersTookForTheSameStep() {
    stepOf(MILLI);
    schedule.begin(0);
    schedule.deliver(10 * SECOND);
    schedule.deliver(20 * SECOND);
    assertFalse(schedule.isOverdue(39 * SECOND, 0));
    assertTrue(schedule.isOverdue(41 * SECOND, 0));
    schedule.end(41 * SECOND);
    schedule.begin(50 * SECOND);
    assertTrue(schedule.isOverdue(54 * SECOND, 0), "in the next step that is over");
  }

  @Test
  void shouldNotMissAnybodyForTheTimeBetweenSteps() {
    stepOf(MILLI);
    schedule.begin(100 * SECOND); // after a long validation, say
    assertFalse(schedule.isOverdue(101 * SECOND, 0));
  }

  private void stepOf(long nanos) {
    schedule.begin(-nanos);
    schedule.end(0);
  }
}

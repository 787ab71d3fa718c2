package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepResult;
import java.io.IOException;
import java.util.List;

/**
 * What a station says when it asks for work: who it is, what it has, what it brings.
 *
 * @param engine the engine it works for
 * @param station its name: the executor's id and the process's own number
 * @param seats tasks that wait at the station; 0 says that the last one leaves
 * @param step the step whose weights it has; −1 for none
 * @param computed the shards whose results it brings, of that step
 * @param results the results
 */
record Turn(
    long engine, String station, int seats, long step, List<ShardRange> computed, Results results) {

  Turn {
    if (seats < 0 || station.indexOf('#') < 0) {
      throw new IllegalStateException(
          "refused: no station is called %s with %d tasks".formatted(station, seats));
    }
  }

  /** Results that may still have to be unpacked. */
  interface Results {
    /** The results brought along no result. */
    Results NONE = List::of;

    /**
     * Unpacks them.
     *
     * @throws IOException if they are malformed
     */
    List<StepResult> open() throws IOException;
  }

  /** The same question once more, when its results have been taken. */
  Turn emptyHanded() {
    return new Turn(engine, station, seats, step, List.of(), Results.NONE);
  }

  /** The id of the executor that the station lives in. */
  static String executorOf(String station) {
    return station.substring(0, station.lastIndexOf('#'));
  }
}

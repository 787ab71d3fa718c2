package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepResult;
import java.io.IOException;
import java.util.List;

/**
 * What a worker says when it asks for work: who it is, what it has, what it brings.
 *
 * @param engine the engine it works for
 * @param worker its name: the executor's id and the process's own number
 * @param tasks tasks that wait at the worker; 0 says that the last one leaves
 * @param step the step whose weights it has, or the number of a loss; −1 for none
 * @param computed the shards whose results it brings, of that step
 * @param results the results
 */
record Poll(
    long engine, String worker, int tasks, long step, List<ShardRange> computed, Results results) {

  Poll {
    if (tasks < 0 || worker.indexOf('#') < 0) {
      throw new IllegalStateException(
          "refused: no worker is called %s with %d tasks".formatted(worker, tasks));
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

  /** The same poll once more, when its results have been taken. */
  Poll withoutResults() {
    return new Poll(engine, worker, tasks, step, List.of(), Results.NONE);
  }

  /** The id of the executor that the worker lives in. */
  static String executorOf(String worker) {
    return worker.substring(0, worker.lastIndexOf('#'));
  }
}

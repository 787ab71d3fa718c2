package io.hindsight.driver.spark.resident;

import io.hindsight.driver.concurrent.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Sends messages side by side, so that one travels while another is packed or unpacked: each waits
 * for its answer, and most of that time nothing else would happen.
 */
final class ParallelCalls {
  private static final int LANES = 2;

  private final ExecutorService lanes = DaemonThreads.pool("hindsight-calls", LANES);

  /** Makes a call as soon as a lane is free. */
  <T> Future<T> send(Callable<T> call) {
    return lanes.submit(call);
  }

  /**
   * Makes all calls; as many at a time as there are lanes.
   *
   * @return their answers, in the order of the calls
   * @throws Exception what the first of them failed with; the others are given up
   */
  <T> List<T> callAll(List<Callable<T>> calls) throws Exception {
    List<Future<T>> under = new ArrayList<>();
    try {
      for (Callable<T> call : calls) {
        under.add(send(call));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : under) {
        answers.add(each.get());
      }
      return answers;
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    } finally {
      under.forEach(each -> each.cancel(true));
    }
  }
}

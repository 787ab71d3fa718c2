package io.hindsight.submit.faults;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.submit.faults.Setting.Engine;
import java.util.Optional;

/**
 * An executor stands still for a while, as on a machine that swaps.
 *
 * @param number which one of those that run, modulo their number
 * @param seconds until it goes on
 */
record StopExecutor(Moment moment, int number, int seconds) implements Fault {
  private static final int TAKEN_OVER = 8; // s; less than any stop
  private static final int AFTERWARDS = 10; // s, for jobs, which wait

  @Override
  public FaultKind kind() {
    return FaultKind.STOP_EXECUTOR;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(
        setting.engine() == Engine.SPARK_RESIDENT ? TAKEN_OVER : seconds + AFTERWARDS);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    Optional<ExecutorProcess> victim = scene.executor(number);
    if (victim.isPresent()) {
      victim.get().stop();
      scene.later(Pace.seconds(seconds), victim.get()::resume);
    }
    return victim.isPresent();
  }

  @Override
  public String describe() {
    return Fault.super.describe() + " for " + seconds + " s";
  }
}

package io.hindsight.submit.faults;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.submit.faults.Setting.Engine;
import java.util.Optional;

/**
 * An executor ends as by {@code kill -9}.
 *
 * @param number which one of those that run, modulo their number
 */
record KillExecutor(Moment moment, int number) implements Fault {
  private static final int RESIDENT = 8; // s
  private static final int JOBS = 20;

  @Override
  public FaultKind kind() {
    return FaultKind.KILL_EXECUTOR;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(setting.engine() == Engine.SPARK_RESIDENT ? RESIDENT : JOBS);
  }

  @Override
  public boolean strike(Scene scene) {
    Optional<ExecutorProcess> victim = scene.executor(number);
    return victim.isPresent() && victim.get().kill();
  }
}

package io.hindsight.submit.faults;

import java.util.Set;

/**
 * Another driver is started with {@code --resume} on the directory of a run that goes on.
 *
 * @param clock seconds that its monotonic clock is ahead, as in another container
 */
record SecondDriver(Moment moment, long clock) implements Fault {
  private static final int LOCKED = 5;
  private static final Set<Integer> CAME_LATE = Set.of(0, 2);
  private static final int UNDISTURBED = 15; // s; another Java starts on the same cores

  @Override
  public FaultKind kind() {
    return FaultKind.SECOND_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(UNDISTURBED);
  }

  /**
   * Where the first driver ended before the other came to its directory, there was nothing to harm:
   * the other finds the run completed, or completes it. That the first ended for a reason of its
   * own, {@link ScenarioRun} sees to.
   */
  @Override
  public boolean strike(Scene scene) throws Exception {
    try (DriverProcess second = scene.another(clock)) {
      int code = second.exitCode(Promise.START);
      boolean over = !scene.driver().isAlive();
      if (CAME_LATE.contains(code) && over && scene.files().isCompleted()) {
        return false;
      }
      if (code != LOCKED || !second.tail().contains("process " + scene.driver().pid())) {
        throw BrokenPromise.other(
            "exit code %d of a second driver, promised are 5 and the name of the first:\n%s"
                .formatted(code, second.tail()));
      }
      return true;
    }
  }

  @Override
  public String describe() {
    return Fault.super.describe() + ", its clock %,d s ahead".formatted(clock);
  }
}

package io.hindsight.submit.faults;

/**
 * Another driver is started with {@code --resume} on the directory of a run that goes on.
 *
 * @param clock seconds that its monotonic clock is ahead, as in another container
 */
record SecondDriver(Moment moment, long clock) implements Fault {
  private static final int LOCKED = 5;
  private static final int USAGE = 2;
  private static final int UNDISTURBED = 15; // s; another Java starts on the same cores

  @Override
  public FaultKind kind() {
    return FaultKind.SECOND_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(UNDISTURBED);
  }

  /** Where the run ended before the other came to its directory, there was nothing to harm. */
  @Override
  public boolean strike(Scene scene) throws Exception {
    try (DriverProcess second = scene.another(clock)) {
      int code = second.exitCode(Promise.START);
      boolean over = !scene.driver().isAlive();
      if (code == USAGE && over && scene.files().isCompleted()) {
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

package io.hindsight.submit.faults;

/**
 * Another driver is started with {@code --resume} on the directory of a run that goes on.
 *
 * @param clock seconds that its monotonic clock is ahead, as in another container
 */
record SecondDriver(Moment moment, long clock) implements Fault {
  private static final int LOCKED = 5;
  private static final int COMPLETED = 0;
  private static final int REFUSED = 2;
  private static final int UNDISTURBED = 15; // s; another Java starts on the same cores

  @Override
  public FaultKind kind() {
    return FaultKind.SECOND_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(UNDISTURBED);
  }

  /** That the first driver ends, and for a reason of its own, {@link ScenarioRun} sees to. */
  @Override
  public boolean strike(Scene scene) throws Exception {
    try (DriverProcess second = scene.another(clock)) {
      int code = second.exitCode(Promise.START);
      boolean ended = !scene.driver().isAlive();
      if (scene.files().isCompleted() && cameLate(code, second.tail(), ended)) {
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

  /**
   * Whether there was nothing to harm in a run that is complete now: the other came when it was
   * already, of which it takes its leave though the first may still be ending its process, or the
   * first had ended without completing it and the other did.
   *
   * @param ended whether the first driver's process has ended
   */
  static boolean cameLate(int code, String output, boolean ended) {
    return switch (code) {
      case REFUSED -> output.contains("there is nothing to resume: the run has ended");
      case COMPLETED -> ended;
      default -> false;
    };
  }

  @Override
  public String describe() {
    return Fault.super.describe() + ", its clock %,d s ahead".formatted(clock);
  }
}

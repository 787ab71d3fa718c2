package io.hindsight.submit.faults;

/** Another driver is started with {@code --resume} on the directory of a run that goes on. */
record SecondDriver(Moment moment) implements Fault {
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
    try (DriverProcess second = scene.another()) {
      int code = second.exitCode(Promise.START);
      boolean over = !scene.driver().isAlive();
      if (code == USAGE && over && scene.files().isCompleted()) {
        return false;
      }
      if (code != LOCKED) {
        throw BrokenPromise.other(
            "a second driver on the directory of a run that goes on ended with exit code %d:\n%s"
                .formatted(code, second.tail()));
      }
      return true;
    }
  }
}

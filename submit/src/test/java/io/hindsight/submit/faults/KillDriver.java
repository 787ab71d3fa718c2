package io.hindsight.submit.faults;

/** The driver ends as by {@code kill -9}, and is started again. */
record KillDriver(Moment moment) implements Fault {
  static final int KILLED = 137; // 128 + SIGKILL
  private static final int AT_ONCE = 5; // s

  @Override
  public FaultKind kind() {
    return FaultKind.KILL_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(AT_ONCE).orEnds(KILLED);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    return scene.driver().kill();
  }
}

package io.hindsight.submit.faults;

/**
 * The driver stands still for a while.
 *
 * @param seconds until it goes on
 */
record StopDriver(Moment moment, int seconds) implements Fault {
  private static final int AFTERWARDS = 10; // s

  @Override
  public FaultKind kind() {
    return FaultKind.STOP_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(seconds + AFTERWARDS);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    DriverProcess driver = scene.driver();
    boolean stopped = driver.signal("STOP");
    scene.later(Pace.seconds(seconds), () -> driver.signal("CONT"));
    return stopped;
  }

  @Override
  public String describe() {
    return Fault.super.describe() + " for " + seconds + " s";
  }
}

package io.hindsight.submit.faults;

/**
 * The driver is killed, and comes back on a machine whose clock since its start, which {@code
 * System.nanoTime} shows, is another. A process without rights can have such a clock of its own,
 * but none of the time of day.
 *
 * @param before seconds that the clock is ahead at first
 * @param after seconds that it is ahead afterwards
 */
record ShiftClock(Moment moment, long before, long after) implements Fault {

  @Override
  public FaultKind kind() {
    return FaultKind.SHIFT_CLOCK;
  }

  @Override
  public Promise promise(Setting setting) {
    return new KillDriver(moment).promise(setting);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    scene.shiftClock(after);
    return scene.driver().kill();
  }

  @Override
  public String describe() {
    return Fault.super.describe() + " from %,d s ahead to %,d s".formatted(before, after);
  }
}

package io.hindsight.submit.faults;

import io.hindsight.driver.cluster.PartedNetwork;
import io.hindsight.submit.faults.Setting.Engine;

/**
 * A worker's machine is cut off for a while.
 *
 * @param worker 0 or 1
 * @param seconds until the cable is mended
 */
record CutNetwork(Moment moment, int worker, int seconds) implements Fault {
  private static final int RETRYABLE = 6;
  private static final int TAKEN_OVER = 8; // s; less than any cut of a resident run
  private static final int AFTERWARDS = 15; // s

  @Override
  public FaultKind kind() {
    return FaultKind.CUT_NETWORK;
  }

  /** Jobs wait; TCP sends again after twice as long each time. */
  @Override
  public Promise promise(Setting setting) {
    int silence = setting.engine() == Engine.SPARK_RESIDENT ? TAKEN_OVER : 2 * seconds + AFTERWARDS;
    return Promise.goesOn(silence).orEnds(RETRYABLE);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    PartedNetwork network = scene.place().network().orElseThrow();
    network.cut(worker);
    scene.later(Pace.seconds(seconds), () -> network.mend(worker));
    return true;
  }

  @Override
  public String describe() {
    return Fault.super.describe() + " for " + seconds + " s";
  }
}

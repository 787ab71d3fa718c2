package io.hindsight.submit.faults;

import java.util.List;

/**
 * The disk of the run directory is filled up.
 *
 * @param pagesFree pages of 4 KiB that stay free
 */
record FillDisk(Moment moment, int pagesFree) implements Fault {
  private static final int RETRYABLE = 6;
  private static final int NEXT_DUE_STEP = 30; // s

  @Override
  public FaultKind kind() {
    return FaultKind.FILL_DISK;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(NEXT_DUE_STEP).orEnds(RETRYABLE);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    scene.disk().fill(pagesFree);
    return scene.driver().isAlive();
  }

  /** What was saved stays, nothing is half-written; then there is room again. */
  @Override
  public void afterEnd(Scene scene) throws Exception {
    List<String> temporary = scene.files().temporaries();
    if (!temporary.isEmpty()) {
      throw BrokenPromise.other("half-written on a full disk: " + temporary);
    }
    if (scene.files().checkpoints().isEmpty()) {
      throw BrokenPromise.other("no checkpoint is left on a full disk");
    }
    scene.disk().empty();
  }
}

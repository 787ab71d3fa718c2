package io.hindsight.submit.faults;

import java.io.IOException;
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
    check(scene.files());
    scene.disk().empty();
  }

  /** Where the disk was full before the first checkpoint was due, none was saved. */
  static void check(RunFiles files) throws IOException, BrokenPromise {
    require(files.temporaries(), "half-written on a full disk");
    require(files.lostCheckpoints(Setting.KEEP), "saved, and lost on a full disk");
    require(files.damagedCheckpoints(), "damaged on a full disk");
  }

  private static void require(List<String> none, String otherwise) throws BrokenPromise {
    if (!none.isEmpty()) {
      throw BrokenPromise.other(otherwise + ": " + none);
    }
  }
}

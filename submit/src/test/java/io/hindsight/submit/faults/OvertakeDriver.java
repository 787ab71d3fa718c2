package io.hindsight.submit.faults;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The driver stands still for so long that another takes its run over, and goes on then: it must
 * see that, write nothing more, and end.
 */
record OvertakeDriver(Moment moment) implements Fault {
  private static final Set<Integer> LOST = Set.of(5, 6);
  private static final int TAKEN_OVER = 30; // s; 20 without a sign of life, and a start of Java
  private static final int NEXT_STEP = 60; // s; on a cluster the first one's executors go first
  private static final int POLL = 50; // ms

  @Override
  public FaultKind kind() {
    return FaultKind.OVERTAKE_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(TAKEN_OVER + NEXT_STEP);
  }

  @Override
  public boolean strike(Scene scene) throws Exception {
    DriverProcess first = scene.driver();
    if (!first.signal("STOP")) {
      return false;
    }
    List<String> before = scene.files().leases();
    scene.replaceDriver();
    awaitOther(scene, before);
    first.signal("CONT");
    int code = first.exitCode(Promise.START);
    if (!LOST.contains(code)) {
      throw BrokenPromise.other(
          "a driver that another had overtaken ended with exit code %d:\n%s"
              .formatted(code, first.tail()));
    }
    return true;
  }

  private static void awaitOther(Scene scene, List<String> before) throws Exception {
    long end = System.nanoTime() + Pace.seconds(TAKEN_OVER).toNanos();
    while (before.containsAll(scene.files().leases())) {
      if (System.nanoTime() > end || !scene.driver().isAlive()) {
        throw BrokenPromise.other(
            "no driver took the run of one that stood still over:\n" + scene.driver().tail());
      }
      TimeUnit.MILLISECONDS.sleep(POLL);
    }
  }
}

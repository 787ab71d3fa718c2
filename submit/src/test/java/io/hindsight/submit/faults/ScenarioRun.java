package io.hindsight.submit.faults;

import io.hindsight.submit.faults.BrokenPromise.Sort;
import io.hindsight.submit.faults.Moment.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes one run and breaks it, fault by fault, until it has completed or broken a promise. */
final class ScenarioRun {
  private static final int POLL = 5; // ms
  private static final Duration END = Pace.seconds(60); // from a signal to the process's end

  private final Scenario scenario;
  private final Scene scene;
  private final Watch watch;
  private final List<Struck> struck = new ArrayList<>();
  private final List<Fault> open = new ArrayList<>(); // may yet end the driver
  private Duration bound = Promise.START;
  private int missed;
  private boolean completed;

  ScenarioRun(Scenario scenario, Scene scene, Watch watch) {
    this.scenario = scenario;
    this.scene = scene;
    this.watch = watch;
  }

  /** The faults that struck so far. */
  List<Struck> struck() {
    return struck;
  }

  /** The faults that came too late so far. */
  int missed() {
    return missed;
  }

  /**
   * Runs to the end.
   *
   * @throws BrokenPromise if the driver ends or goes on in a way that no fault explains
   */
  void complete() throws Exception {
    start();
    for (Fault fault : scenario.faults()) {
      await(fault.moment());
      if (completed) {
        missed++;
      } else {
        strike(fault);
      }
    }
    while (!completed) {
      goOn();
    }
    noteDelays();
  }

  private void start() throws IOException, InterruptedException {
    scene.start();
    watch.start();
    bound = Promise.START;
  }

  /** Waits until it has come, and a driver runs: a fault before it may have ended the last one. */
  private void await(Moment moment) throws Exception {
    while (!completed && !(scene.driver().isAlive() && hasCome(moment))) {
      goOn();
    }
    if (!completed) {
      TimeUnit.MILLISECONDS.sleep(moment.delayMillis());
    }
  }

  private boolean hasCome(Moment moment) {
    return moment.stage() == Stage.START ? scene.files().isBegun() : watch.steps() >= moment.step();
  }

  private void strike(Fault fault) throws Exception {
    noteDelays();
    int step = watch.steps();
    watch.strike();
    open.add(fault);
    Duration promised = fault.promise(scenario.setting()).silence();
    bound = bound.compareTo(promised) > 0 && !struck.isEmpty() ? bound : promised;
    bound = step == 0 && bound.compareTo(Promise.START) < 0 ? Promise.START : bound;
    struck.add(new Struck(fault, step, 0, 0));
    if (!fault.strike(scene)) {
      struck.remove(struck.size() - 1);
      open.remove(fault);
      missed++;
    }
  }

  /**
   * What came of the fault before, before the next one strikes: a driver that is resumed then makes
   * steps, and their lines, anew.
   */
  private void noteDelays() {
    if (!struck.isEmpty()) {
      int last = struck.size() - 1;
      Struck fault = struck.get(last);
      struck.set(last, fault.delayed(longestStep(fault.step() - 1), watch.longest()));
    }
  }

  private double longestStep(int from) {
    try {
      return watch.steps() == 0 ? 0 : scene.files().longestStep(from);
    } catch (IOException unreadable) { // as a file on HDFS can be whose writer was killed
      System.err.println("the longest step is not known: " + unreadable);
      return 0;
    }
  }

  private void goOn() throws Exception {
    if (!scene.driver().isAlive()) {
      end(scene.driver().exitCode(END));
    } else if (watch.silence() > bound.toMillis() / 1e3) {
      hang();
    } else {
      TimeUnit.MILLISECONDS.sleep(POLL);
    }
  }

  /** Where the driver ended well, or was killed when all was done, the run has completed. */
  private void end(int code) throws Exception {
    List<Fault> causes = new ArrayList<>();
    for (Fault fault : open) {
      if (fault.explains(code, scene)) {
        causes.add(fault);
      }
    }
    if (code == 0 || (!causes.isEmpty() && scene.files().isCompleted())) {
      completed = true;
      return;
    }
    if (causes.isEmpty()) {
      throw BrokenPromise.other(
          "the driver ended with exit code %d at step %d, which nothing explains:\n%s"
              .formatted(code, watch.steps(), scene.driver().tail()));
    }
    for (Fault cause : causes) {
      cause.afterEnd(scene);
    }
    open.removeAll(causes);
    start();
  }

  private void hang() throws Exception {
    scene.driver().dumpThreads();
    noteDelays();
    throw new BrokenPromise(
        Sort.HANG,
        "no step for %.0f s at step %d of %d, promised are %d s; the driver's log ends with what each thread does"
            .formatted(
                watch.silence(),
                watch.steps(),
                scenario.setting().task().steps(),
                bound.toSeconds()));
  }
}

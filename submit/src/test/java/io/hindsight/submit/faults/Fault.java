package io.hindsight.submit.faults;

import java.io.IOException;

/** Something that breaks in the course of a run. */
sealed interface Fault
    permits KillExecutor,
        StopExecutor,
        CutNetwork,
        KillDriver,
        TerminateDriver,
        StopDriver,
        SecondDriver,
        OvertakeDriver,
        FillDisk,
        RestartNameNode,
        ShiftClock {

  /** What it counts as. */
  FaultKind kind();

  /** When it strikes. */
  Moment moment();

  /** What submit/README.md promises of it. */
  Promise promise(Setting setting);

  /**
   * Does the harm. What must be undone after a while is left to {@link Scene#later}.
   *
   * @return whether there was anything to harm
   * @throws BrokenPromise if what happened at once is not as promised
   */
  boolean strike(Scene scene) throws Exception;

  /** Whether the driver may have ended with this code because of the fault. */
  default boolean explains(int code, Scene scene) throws IOException {
    return promise(scene.setting()).endings().contains(code);
  }

  /**
   * Looks at what the driver left when it ended because of the fault, and does what a user is told
   * to do before the run is resumed.
   *
   * @throws BrokenPromise if what was left is not as promised
   */
  default void afterEnd(Scene scene) throws Exception {}

  /** In a few words. */
  default String describe() {
    return kind().label() + " " + moment().describe();
  }
}

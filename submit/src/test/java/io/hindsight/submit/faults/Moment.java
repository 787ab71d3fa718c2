package io.hindsight.submit.faults;

import io.hindsight.kernels.random.CounterRandom;

/**
 * When a fault strikes: by what a run has come to, so that a seed replays it as far as the machine
 * lets it.
 *
 * @param stage of the run
 * @param step that {@code metrics.jsonl} has reached
 * @param delayMillis after that
 */
record Moment(Stage stage, int step, int delayMillis) {

  /** Stages of a run. */
  enum Stage {
    /** After the run directory is made: Spark starts, data are read, executors are awaited. */
    START,
    /** Between the first step and the last. */
    TRAINING,
    /** After the last step: evaluation, the model, the status. */
    END
  }

  private static final int LONGEST_START = 4000; // ms
  private static final int LONGEST_END = 400;
  private static final int LONGEST_STEP = 20;

  /** While steps are made, not too near either end. */
  static Moment training(CounterRandom random, Task task) {
    int step = task.steps() / 8 + random.nextInt(task.steps() / 2);
    return new Moment(Stage.TRAINING, step, random.nextInt(LONGEST_STEP));
  }

  /** Anywhere in the run's life. */
  static Moment any(CounterRandom random, Task task) {
    return switch (random.nextInt(4)) {
      case 0 -> new Moment(Stage.START, -1, random.nextInt(LONGEST_START));
      case 1 -> new Moment(Stage.END, task.steps(), random.nextInt(LONGEST_END));
      default -> training(random, task);
    };
  }

  /** In a few words. */
  String describe() {
    return switch (stage) {
      case START -> "%d ms after the start".formatted(delayMillis);
      case TRAINING -> "at step %d + %d ms".formatted(step, delayMillis);
      case END -> "%d ms after the last step".formatted(delayMillis);
    };
  }
}

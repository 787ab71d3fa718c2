package io.hindsight.submit.faults;

import io.hindsight.kernels.random.CounterRandom;
import java.util.List;
import java.util.Locale;

/**
 * How a run is configured: small enough to train in seconds, and one of many.
 *
 * @param task what is learned; alone decides the weights
 * @param engine where gradients are computed
 * @param store where the run directory is
 * @param tasks per step; 0 for one per core
 * @param every steps between checkpoints
 * @param sliced whether jobs sum gradients on the executors
 * @param messageBytes longest message between driver and executors
 */
record Setting(
    Task task, Engine engine, Store store, int tasks, int every, boolean sliced, int messageBytes) {

  /** Where gradients are computed. */
  enum Engine {
    LOCAL,
    SPARK_JOBS,
    SPARK_RESIDENT;

    /** Whether executors compute. */
    boolean usesExecutors() {
      return this != LOCAL;
    }

    /** As {@code training.engine} calls it. */
    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Where the run directory is. */
  enum Store {
    LOCAL,
    HDFS,
    SMALL_DISK
  }

  /** Checkpoints that a run keeps. */
  static final int KEEP = 3;

  private static final List<Integer> EVERY = List.of(5, 20, 60);
  private static final List<Integer> MESSAGE_BYTES = List.of(1000, 20_000, 1 << 20);

  /** Any setting of an engine and a store. */
  static Setting draw(CounterRandom random, Engine engine, Store store) {
    return new Setting(
        Task.draw(random, engine),
        engine,
        store,
        random.nextInt(3),
        pick(random, EVERY),
        random.nextInt(2) == 1,
        pick(random, MESSAGE_BYTES));
  }

  /** One of some values, each as likely. */
  static <T> T pick(CounterRandom random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** The same for another task. */
  Setting withTask(Task other) {
    return new Setting(other, engine, store, tasks, every, sliced, messageBytes);
  }

  /** The configuration of the run. */
  String yaml() {
    String where =
        "  engine: %s\n  tasks: %d\n  reduce: %s\n  checkpoint: {every-steps: %d, keep: %d}\n"
            .formatted(
                engine.key(),
                tasks,
                sliced && engine == Engine.SPARK_JOBS ? "sliced" : "auto",
                every,
                KEEP);
    return task.yaml() + where;
  }

  /** In one line, for the log. */
  String describe() {
    return "%s, %s on %s, tasks %d, checkpoint every %d%s, messages of %d bytes"
        .formatted(
            task.describe(),
            engine.key(),
            store.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            tasks,
            every,
            sliced && engine == Engine.SPARK_JOBS ? ", sliced" : "",
            messageBytes);
  }
}

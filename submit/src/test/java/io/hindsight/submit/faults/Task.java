package io.hindsight.submit.faults;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.submit.faults.Setting.Engine;
import java.util.List;

/**
 * What a run learns, which alone decides its weights.
 *
 * @param cell {@code rnn}, {@code lstm} or {@code gru}
 * @param layers of 16 units each
 * @param batch slots: eight for each shard
 * @param carryState whether windows go on from the state before them
 * @param large whether a shard is three pages of {@code ShardPage}'s size instead of a part of one
 * @param steps in all
 */
record Task(String cell, int layers, int batch, boolean carryState, boolean large, int steps) {
  private static final List<String> CELLS = List.of("rnn", "lstm", "gru");

  /** Any task, with as many steps as take some seconds on an engine. */
  static Task draw(CounterRandom random, Engine engine) {
    return new Task(
        Setting.pick(random, CELLS),
        1 + random.nextInt(2),
        16 + 16 * random.nextInt(2),
        random.nextInt(2) == 1,
        engine.usesExecutors() && random.nextInt(3) == 0,
        engine == Engine.SPARK_JOBS ? 100 : 400);
  }

  /** The same with another number of steps. */
  Task withSteps(int number) {
    return new Task(cell, layers, batch, carryState, large, number);
  }

  /** A configuration that lacks only what does not change the weights. */
  String yaml() {
    return """
        name: faults
        seed: 11
        data: {format: generator, name: sine, length: %d, sequences: %d}
        model: {cell: %s, hidden: %s}
        training:
          steps: %d
          batch: %d
          bptt: {window: 24, carry-state: %s}
          optimizer: {type: adam, learning-rate: 5.0e-3}
          clip: {norm: 0.5}
          validate-every: %d
        """
        .formatted(
            large ? LONG : SHORT,
            large ? sequencesOfThreePages() : 12 * batch,
            cell,
            layers == 1 ? "[16]" : "[16, 16]",
            steps,
            batch,
            carryState,
            Math.max(1, steps / 3));
  }

  private static final int SHORT = 72; // steps of a sequence
  private static final int LONG = 240;

  /** 8 bytes for the input of a step and 8 for its target; a tenth is for validation. */
  private int sequencesOfThreePages() {
    int perSlot = 18 * (1 << 20) / (16 * LONG * 8);
    return batch * (perSlot + perSlot / 8);
  }

  /** In a few words. */
  String describe() {
    return "%d %s of %d layers, batch %d%s%s"
        .formatted(
            steps,
            "steps of " + cell,
            layers,
            batch,
            carryState ? ", carried state" : "",
            large ? ", shards of three pages" : "");
  }
}

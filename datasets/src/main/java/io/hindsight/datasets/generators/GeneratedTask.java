package io.hindsight.datasets.generators;

import io.hindsight.datasets.FixedWidth;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.List;

/** A task whose sequences are made, not read: a pure function of seed and index. */
public sealed interface GeneratedTask
    permits Adding, Copy, Parity, TemporalOrder, EmbeddedReber, Sine, MackeyGlass, Collapse {
  /** The names of all tasks. */
  List<String> NAMES =
      List.of(
          "adding",
          "copy",
          "parity",
          "temporal-order",
          "embedded-reber",
          "sine",
          "mackey-glass",
          "collapse");

  /** The task's name in a configuration. */
  String name();

  /** What is read at each step. */
  InputSpec input();

  /** O: numbers per target, or classes; of label strings with a blank after them. */
  int outputs();

  /** What its targets are. */
  TargetKind targetKind();

  /**
   * One sequence with its targets.
   *
   * @param seed the run's seed
   * @param index which sequence, from 0
   */
  Sequence sequence(long seed, int index);

  /**
   * The task with a name.
   *
   * @param name one of {@link #NAMES}
   * @param length T
   * @param symbols {@code copy}: symbols to recall
   * @param horizon {@code sine, mackey-glass}: steps ahead to predict
   * @throws IllegalArgumentException if the name is unknown or a number is out of range
   */
  static GeneratedTask of(String name, int length, int symbols, int horizon) {
    return switch (name) {
      case "adding" -> new Adding(length);
      case "copy" -> new Copy(length, symbols);
      case "parity" -> new Parity(length);
      case "temporal-order" -> new TemporalOrder(length);
      case "embedded-reber" -> new EmbeddedReber();
      case "sine" -> new Sine(length, horizon);
      case "mackey-glass" -> new MackeyGlass(length, horizon);
      case "collapse" -> new Collapse(length);
      default ->
          throw new IllegalArgumentException(
              "a generator must be one of " + NAMES + ", but is '" + name + "'");
    };
  }

  /** The random numbers of one sequence. */
  static CounterRandom random(long seed, int index) {
    return CounterRandom.of(seed, CounterRandom.Purpose.GENERATED_DATA, index);
  }

  /** The id of one sequence; ids sort as indices do. */
  default String id(int index) {
    return name() + "-" + FixedWidth.of(index, 8);
  }

  /** Checks that {@code value} is at least {@code least}. */
  static void require(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but is %d".formatted(what, least, value));
    }
  }
}

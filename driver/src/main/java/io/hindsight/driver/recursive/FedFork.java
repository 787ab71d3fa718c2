package io.hindsight.driver.recursive;

import io.hindsight.datasets.recursive.FedPath;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Forks;
import io.hindsight.kernels.network.OutputSpec;
import java.util.function.Consumer;

/** The steps behind one of a sequence, each of which reads the answers of the one before. */
final class FedFork implements Forks.Fork {
  private final FedPath path;
  private final OutputSpec output; // of one step
  private final Choosing choosing;
  private final Consumer<FedFork> done;
  private final Sequence steps; // null if there is none
  private final int columns; // O
  private final double[] raw; // (H·O·P)
  private final double[] chosen; // (H·O), in the units of the network
  private final double[] values; // (H·O), in original units

  /**
   * One that has not begun.
   *
   * @param output of one step
   * @param steps with zeros in place of answers, which are changed; null if there is none
   * @param answers H: what is not answered by them stays 0
   * @param done told of this when all is answered
   */
  FedFork(
      FedPath path,
      OutputSpec output,
      Choosing choosing,
      Sequence steps,
      int answers,
      Consumer<FedFork> done) {
    this.path = path;
    this.output = output;
    this.choosing = choosing;
    this.done = done;
    this.steps = steps;
    columns = output.size();
    raw = new double[answers * output.answers()];
    chosen = new double[answers * columns];
    values = new double[answers * columns];
  }

  /** Takes what the network answers at the step itself. */
  void begin(double[] outputs) {
    take(0, outputs);
  }

  /** Whether there is nothing to go on to. */
  boolean isDone() {
    return steps == null;
  }

  @Override
  public Sequence steps() {
    return steps;
  }

  @Override
  public void prepare(int step) {
    double[] answers = new double[columns];
    System.arraycopy(values, step * columns, answers, 0, columns);
    path.read(answers, steps.features(), step * steps.width());
  }

  @Override
  public void answered(int step, double[] outputs) {
    take(step + 1, outputs);
  }

  private void take(int h, double[] outputs) {
    double[] of = outputs.clone();
    path.relate(output, of);
    System.arraycopy(of, 0, raw, h * of.length, of.length);
    for (int o = 0; o < columns; o++) {
      int element = h * columns + o;
      chosen[element] = choosing.of(of, h, o);
      values[element] = path.decode(element, chosen[element]);
    }
    if (steps == null || h == steps.length()) {
      done.accept(this);
    }
  }

  /** What is answered as by a network that answers all at once // (H·O·P), not copied. */
  double[] raw() {
    return raw;
  }

  /** What was chosen, in the units of the network // (H·O), not copied. */
  double[] chosen() {
    return chosen;
  }

  /** What was read, in original units // (H·O), not copied. */
  double[] values() {
    return values;
  }
}

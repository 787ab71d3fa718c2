package io.hindsight.driver.engine;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.WindowSchedule;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.plain.PlainBptt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Truncated back-propagation by its definition, one sequence at a time: an update that ends at step
 * n runs from the stored state of step m = max(0, n − k2), scores the last k1 steps, and stores
 * their states. Every state of a sequence is kept.
 */
final class PlainTruncation {
  /** What an update sums. */
  record Sum(double[] gradient, double loss, long targets) {}

  private final Parameters weights;
  private final NetworkSpec spec;
  private final CarriedWindows windows;
  private final ShardPlan whole;
  private final long seed;
  private List<List<Sequence>> slots; // of the epoch: what each slot takes, in order
  private double[][][][] hidden; // [slot][steps][L](H) of the sequence that the slot is in
  private double[][][][] cell;
  private int[] position; // of the slot's sequence
  private int[] end; // n of the next update, also past the sequence's end

  PlainTruncation(
      Parameters weights, CarriedWindows windows, List<Sequence> sequences, int batch, long seed) {
    this.weights = weights;
    this.windows = windows;
    this.seed = seed;
    spec = weights.layout().spec();
    whole = RankedWindows.plan(sequences, batch, OptionalInt.empty(), CarriedWindows.WHOLE);
  }

  /** The update of a step, with the present weights. */
  Sum update(long epoch, long stepInEpoch) {
    if (stepInEpoch == 0) {
      begin(epoch);
    }
    double[] gradient = new double[weights.values().length];
    double loss = 0;
    long targets = 0;
    for (int slot = 0; slot < slots.size(); slot++) {
      if (position[slot] < slots.get(slot).size()) {
        Window window = window(slot);
        PlainBptt plain = run(slot, window);
        plain.backward(Backpropagation.FULL, gradient);
        loss += plain.loss();
        targets += window.steps() - window.scoredFrom();
        moveOn(slot);
      }
    }
    return new Sum(gradient, loss, targets);
  }

  /** A slot takes whole sequences in the order in which it takes their windows. */
  private void begin(long epoch) {
    slots = new ArrayList<>();
    for (Shard shard : whole.shards()) {
      WindowSchedule schedule = new WindowSchedule(shard, seed, epoch, CarriedWindows.WHOLE);
      for (int slot = 0; slot < shard.slots(); slot++) {
        List<Sequence> order = new ArrayList<>();
        for (int step = 0; step < shard.size(slot); step++) {
          SequenceBatch batch = new SequenceBatch(shard.blocks());
          schedule.fill(batch, step, 0);
          order.add(batch.sequence(slot));
        }
        slots.add(order);
      }
    }
    hidden = new double[slots.size()][][][];
    cell = new double[slots.size()][][][];
    position = new int[slots.size()];
    end = new int[slots.size()];
    for (int slot = 0; slot < slots.size(); slot++) {
      enter(slot);
    }
  }

  private void enter(int slot) {
    hidden[slot] = new double[200][][];
    cell[slot] = new double[200][][];
    hidden[slot][0] = zero();
    cell[slot][0] = zero();
    end[slot] = windows.stride();
  }

  private double[][] zero() {
    double[][] zero = new double[spec.hidden().size()][];
    for (int layer = 0; layer < zero.length; layer++) {
      zero[layer] = new double[spec.hidden().get(layer)];
    }
    return zero;
  }

  private Window window(int slot) {
    Sequence sequence = slots.get(slot).get(position[slot]);
    int m = Math.max(0, end[slot] - windows.window());
    int n = Math.min(sequence.length(), end[slot]);
    int scored = end[slot] - windows.stride();
    if (spec.output().at() == At.LAST_STEP) {
      scored = n == sequence.length() ? n - 1 : n;
    }
    return new Window(sequence, m, n - m, scored - m, false);
  }

  private PlainBptt run(int slot, Window window) {
    int m = window.start();
    PlainBptt plain = new PlainBptt(weights);
    plain.forward(window, hidden[slot][m], cell[slot][m]);
    for (int step = end[slot] - windows.stride() + 1; step <= m + window.steps(); step++) {
      hidden[slot][step] = zero();
      cell[slot][step] = zero();
      for (int layer = 0; layer < spec.hidden().size(); layer++) {
        hidden[slot][step][layer] = plain.hidden(layer, step - m).clone();
        cell[slot][step][layer] = plain.cell(layer, step - m).clone();
      }
    }
    return plain;
  }

  private void moveOn(int slot) {
    boolean ended = end[slot] >= slots.get(slot).get(position[slot]).length();
    end[slot] += windows.stride();
    if (ended) {
      position[slot]++;
      enter(slot);
    }
  }
}

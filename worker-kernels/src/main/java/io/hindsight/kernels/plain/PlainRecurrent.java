package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.NormBlocks;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.random.Noise.Kind;
import io.hindsight.kernels.random.Noise.Site;
import java.util.Arrays;
import java.util.Optional;

/**
 * A recurrent layer, or a direction of one: the same weights at every step, each reading what the
 * step before left.
 */
final class PlainRecurrent implements PlainLayer {
  private final PlainMap input; // W x + b
  private final PlainMap recurrent; // U h + b'
  private final PlainCell cell;
  private final StateNoise noise;
  private final int number; // its place in the network's list
  private PlainStep[] steps; // [T+1], step 0 the initial state
  private double[] readFactors; // (H): of the h that U reads
  private PlainStep initial;

  /**
   * With these weights: the live array is read.
   *
   * @param values (P)
   * @param number its place in the network's list; of a direction from the end −1 − place
   */
  PlainRecurrent(double[] values, LayerBlocks blocks, int number) {
    Optional<NormBlocks> norms = blocks.norms();
    input = PlainMap.of(values, blocks.weightIh(), blocks.biasIh(), norms.map(NormBlocks::input));
    recurrent =
        PlainMap.of(values, blocks.weightHh(), blocks.biasHh(), norms.map(NormBlocks::state));
    cell = PlainCell.of(blocks, values);
    noise = blocks.spec().noise();
    this.number = number;
  }

  /** H. */
  int hidden() {
    return recurrent.inputs();
  }

  /** Takes the state before the first step, not copied // (H). */
  void start(double[] h, double[] c) {
    initial = new PlainStep(h, c);
  }

  @Override
  public double[][] forward(double[][] x, PlainNoise masks) {
    int hidden = initial.h.length;
    readFactors = masks.dropout(site(Kind.RECURRENT, noise.recurrentDropout(), hidden), 0);
    steps = new PlainStep[x.length + 1];
    steps[0] = initial;
    double[][] h = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      PlainStep before = steps[t].after;
      double[] read = PlainDropout.product(readFactors, before.h);
      PlainStep step =
          new PlainStep(before, x[t], read, input.forward(x[t]), recurrent.forward(read));
      cell.forward(step);
      if (noise.hasZoneout()) {
        step.keptH = masks.kept(site(Kind.ZONEOUT_HIDDEN, noise.zoneoutHidden(), hidden), t);
        step.keptC = masks.kept(site(Kind.ZONEOUT_CELL, noise.zoneoutCell(), hidden), t);
        step.after =
            new PlainStep(mix(step.keptH, before.h, step.h), mix(step.keptC, before.c, step.c));
      }
      steps[t + 1] = step;
      h[t] = step.after.h;
    }
    return h;
  }

  private Site site(Kind kind, double rate, int hidden) {
    return new Site(number, kind, rate, hidden);
  }

  /** m∘old + (1 − m)∘made. */
  private static double[] mix(double[] m, double[] old, double[] made) {
    double[] mixed = new double[made.length];
    for (int j = 0; j < made.length; j++) {
      mixed[j] = m[j] * old[j] + (1 - m[j]) * made[j];
    }
    return mixed;
  }

  @Override
  public double[][] backward(double[][] dy, Backpropagation how, double[] gradient) {
    double[][] dx = new double[dy.length][input.inputs()];
    for (PlainStep step : steps) {
      step.clearGradients();
      step.after.clearGradients();
    }
    for (int t = dy.length - 1; t >= 0; t--) {
      PlainStep step = steps[t + 1];
      add(dy[t], step.after.dh); // to what came from step t + 1
      step.after.limitDelta(how.deltaNorm());
      if (step.after != step) {
        unmix(step.keptH, step.after.dh, step.before.dh, step.dh);
        unmix(step.keptC, step.after.dc, step.before.dc, step.dc);
      }
      cell.backward(step, gradient);
      double[] dRead = new double[step.read.length];
      recurrent.backward(step.read, step.du, dRead, gradient);
      add(PlainDropout.product(readFactors, dRead), step.before.dh);
      input.backward(step.x, step.da, dx[t], gradient);
      if (how.stopsBefore(t)) {
        Arrays.fill(step.before.dh, 0);
        Arrays.fill(step.before.dc, 0);
      }
    }
    return dx;
  }

  /** Of {@link #mix}: adds dOld += m∘d, dMade += (1 − m)∘d. */
  private static void unmix(double[] m, double[] d, double[] dOld, double[] dMade) {
    for (int j = 0; j < d.length; j++) {
      dOld[j] += m[j] * d[j];
      dMade[j] += (1 - m[j]) * d[j];
    }
  }

  private static void add(double[] x, double[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] += x[j];
    }
  }

  /** The live values of the cell at step t. */
  PlainStep step(int t) {
    return steps[t + 1];
  }

  /** The live state after {@code step} steps, in [0, T]. */
  PlainStep state(int step) {
    return steps[step].after;
  }
}

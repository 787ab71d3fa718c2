package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.Arrays;

/**
 * The Mackey–Glass equation (Mackey and Glass 1977) dx/dt = β·x(t−τ) / (1 + x(t−τ)^10) − γ·x(t)
 * with β = 0.2, γ = 0.1 and τ = 17, which is mildly chaotic; sampled at every unit of time, the
 * target is the value {@code horizon} samples ahead.
 *
 * <p>Integrated by the classical Runge–Kutta method with 10 steps per unit; the delayed value in
 * the middle of a step is the mean of its neighbours. The history before the start is a constant
 * uniform in [0.6, 1.4), and the first 300 units are thrown away.
 *
 * @param length T, at least 1
 * @param horizon h: samples ahead, at least 1
 */
public record MackeyGlass(int length, int horizon) implements GeneratedTask {
  private static final double BETA = 0.2;
  private static final double GAMMA = 0.1;
  private static final int PER_UNIT = 10;
  private static final double STEP = 1.0 / PER_UNIT;
  private static final int DELAY = 17 * PER_UNIT;
  private static final int TRANSIENT = 300 * PER_UNIT;

  public MackeyGlass {
    GeneratedTask.require("length of 'mackey-glass'", length, 1);
    GeneratedTask.require("horizon of 'mackey-glass'", horizon, 1);
  }

  @Override
  public String name() {
    return "mackey-glass";
  }

  @Override
  public InputSpec input() {
    return InputSpec.dense(1);
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public TargetKind targetKind() {
    return TargetKind.VALUE;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    CounterRandom random = GeneratedTask.random(seed, index);
    int samples = length + horizon;
    double[] x = integrate(random.nextDouble(0.6, 1.4), TRANSIENT + samples * PER_UNIT);
    double[] series = new double[samples];
    for (int t = 0; t < samples; t++) {
      series[t] = x[DELAY + TRANSIENT + t * PER_UNIT];
    }
    return Sine.ahead(id(index), series, length, horizon);
  }

  /** The history, then {@code steps} integration steps // (DELAY + 1 + steps). */
  private static double[] integrate(double history, int steps) {
    double[] x = new double[DELAY + 1 + steps];
    Arrays.fill(x, 0, DELAY + 1, history);
    for (int k = DELAY; k < DELAY + steps; k++) {
      double before = x[k - DELAY];
      double after = x[k - DELAY + 1];
      double middle = (before + after) / 2;
      double k1 = slope(x[k], before);
      double k2 = slope(x[k] + STEP / 2 * k1, middle);
      double k3 = slope(x[k] + STEP / 2 * k2, middle);
      double k4 = slope(x[k] + STEP * k3, after);
      x[k + 1] = x[k] + STEP / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    return x;
  }

  private static double slope(double x, double delayed) {
    double square = delayed * delayed;
    double fourth = square * square;
    return BETA * delayed / (1 + fourth * fourth * square) - GAMMA * x;
  }
}

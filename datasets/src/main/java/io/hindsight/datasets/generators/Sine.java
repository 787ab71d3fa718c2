package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;

/**
 * Sine waves sin(2πt/p + φ) with a period p uniform in [10, 40) and a phase φ uniform in [0, 2π);
 * the target is the value {@code horizon} steps ahead. Two values determine the wave, so the error
 * has no floor but 0.
 *
 * @param length T, at least 1
 * @param horizon h: steps ahead, at least 1
 */
public record Sine(int length, int horizon) implements GeneratedTask {
  public Sine {
    GeneratedTask.require("length of 'sine'", length, 1);
    GeneratedTask.require("horizon of 'sine'", horizon, 1);
  }

  @Override
  public String name() {
    return "sine";
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
    double period = random.nextDouble(10, 40);
    double phase = random.nextDouble(0, 2 * Math.PI);
    double[] wave = new double[length + horizon];
    for (int t = 0; t < wave.length; t++) {
      wave[t] = StrictMath.sin(2 * Math.PI * t / period + phase);
    }
    return ahead(id(index), wave, length, horizon);
  }

  /** A series as a sequence of {@code length} steps, each with the value ahead as its target. */
  static Sequence ahead(String id, double[] series, int length, int horizon) {
    double[] x = new double[length];
    double[] y = new double[length];
    System.arraycopy(series, 0, x, 0, length);
    System.arraycopy(series, horizon, y, 0, length);
    return Sequence.ofFeatures(id, x, length).withTargets(y);
  }
}

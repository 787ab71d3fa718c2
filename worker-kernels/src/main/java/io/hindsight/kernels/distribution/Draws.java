package io.hindsight.kernels.distribution;

import io.hindsight.kernels.loss.ElementAnswers;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.Arrays;

/**
 * Samples of the distributions that a network answers: the quantile of a random level, which is an
 * odd multiple of 2⁻⁵³ in (0, 1). A sample is a function of its distribution, seed, sequence, step,
 * element and number, so whoever draws it draws the same.
 */
public final class Draws {
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;
  private static final int UNUSED = 12; // of the 64 random bits of a level

  private final OutputSpec output;
  private final long seed;

  /**
   * Of a network.
   *
   * @param output of distributions
   * @param seed of all samples
   * @throws IllegalArgumentException if it answers no distributions
   */
  public Draws(OutputSpec output, long seed) {
    if (!output.loss().isOfDistribution()) {
      throw new IllegalArgumentException(output.loss() + " is the loss of no distribution");
    }
    this.output = output;
    this.seed = seed;
  }

  /**
   * What an element is a sample of, in the units of the network.
   *
   * @param raw the network's outputs, which stay as they are
   * @param from the first output of the step // E·P of them
   * @param element in [0, E)
   */
  public Distribution distribution(double[] raw, int from, int element) {
    int width = output.parameters();
    int first = from + element * width;
    double[] parameters = Arrays.copyOfRange(raw, first, first + width);
    ElementAnswers.answer(output, parameters, 0, element);
    return Distribution.of(output.loss(), parameters, 0);
  }

  /**
   * A sample.
   *
   * @param of what it is drawn from
   * @param idHash {@link io.hindsight.kernels.random.IdHash} of the sequence's id
   * @param step of the sequence
   * @param element of the target
   * @param sample its number, from 0
   */
  public double draw(Distribution of, long idHash, long step, int element, int sample) {
    return of.quantile(level(idHash, step, element, sample));
  }

  private double level(long idHash, long step, int element, int sample) {
    long bits =
        CounterRandom.of(seed, Purpose.FORECAST_SAMPLES, idHash, step, element, sample).nextLong();
    return ((bits >>> UNUSED) * 2 + 1) * TWO_TO_MINUS_53;
  }
}

package io.hindsight.driver.recursive;

import io.hindsight.kernels.distribution.Draws;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.random.IdHash;

/** What of an answer is read at the next step, in the network's units. */
interface Choosing {
  /**
   * Chooses.
   *
   * @param raw what the network answers of one step // (O·P)
   * @param h steps from the first answer
   * @param o target column
   */
  double of(double[] raw, int h, int o);

  /** The number that is answered: the answer itself, the median or the mean. */
  static Choosing number(NumberAnswers numbers) {
    return (raw, h, o) -> numbers.of(raw, 0, o)[0];
  }

  /**
   * A sample.
   *
   * @param step of the sequence
   * @param outputs O
   * @param sample its number
   */
  static Choosing sample(Draws draws, String id, int step, int outputs, int sample) {
    long hash = IdHash.of(id);
    return (raw, h, o) ->
        draws.draw(draws.distribution(raw, 0, o), hash, step, h * outputs + o, sample);
  }
}

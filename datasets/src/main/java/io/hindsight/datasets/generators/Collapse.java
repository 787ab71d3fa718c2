package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.Arrays;

/**
 * Unaligned strings, in the manner of the phoneme strings that Graves et al. (2006) label: each
 * symbol of an alphabet of 8 stands 1 to 4 times in a row, with 0 to 2 pauses after it, at least
 * one before the same symbol again; a step in ten is noise, which means nothing and ends no run.
 * The target is the string without repetitions, pauses and noise, and does not say where its
 * symbols stand. What a step adds to the string depends on what was last before it, noise left out.
 *
 * @param length T, at least 1
 */
public record Collapse(int length) implements GeneratedTask {
  /** Number of symbols. */
  public static final int ALPHABET = 8;

  /** The token of a pause. */
  public static final int PAUSE = ALPHABET;

  /** The token of noise. */
  public static final int NOISE = ALPHABET + 1;

  private static final int LONGEST_RUN = 4;
  private static final int LONGEST_PAUSE = 2;
  private static final int STEPS_PER_NOISE = 10;

  public Collapse {
    GeneratedTask.require("length of 'collapse'", length, 1);
  }

  @Override
  public String name() {
    return "collapse";
  }

  @Override
  public InputSpec input() {
    return InputSpec.tokens(ALPHABET + 2);
  }

  @Override
  public int outputs() {
    return ALPHABET + 1;
  }

  @Override
  public TargetKind targetKind() {
    return TargetKind.LABEL_STRING;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    CounterRandom random = GeneratedTask.random(seed, index);
    int[] tokens = new int[length];
    int[] string = new int[length];
    Arrays.fill(string, Sequence.NO_CLASS);
    int symbols = 0;
    int token = PAUSE;
    int left = random.nextInt(LONGEST_PAUSE + 1); // steps of the run or the pause
    for (int t = 0; t < length; t++) {
      if (random.nextInt(STEPS_PER_NOISE) == 0) {
        tokens[t] = NOISE;
        continue;
      }
      while (left == 0) {
        int before = token;
        token = before == PAUSE ? random.nextInt(ALPHABET) : next(random, before);
        left = 1 + random.nextInt(token == PAUSE ? LONGEST_PAUSE : LONGEST_RUN);
        if (token != PAUSE) {
          string[symbols++] = token;
        }
      }
      tokens[t] = token;
      left--;
    }
    return Sequence.ofTokens(id(index), tokens).withClasses(string);
  }

  /** A pause as often as not, else another symbol. */
  private static int next(CounterRandom random, int symbol) {
    return random.nextInt(2) == 0 ? PAUSE : (symbol + 1 + random.nextInt(ALPHABET - 1)) % ALPHABET;
  }
}

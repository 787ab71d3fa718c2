package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.Arrays;

/**
 * Copy memory (Hochreiter and Schmidhuber 1997, in the form of Arjovsky, Shah and Bengio 2016): S
 * symbols of an alphabet of 8, T − 1 blanks, a recall marker, S blanks; the target is blank but for
 * the last S steps, where it is the S symbols in order. All T + 2S steps are scored, so an answer
 * without memory has the cross-entropy S·ln 8 / (T + 2S).
 *
 * @param length T: steps from the last symbol to the first recalled one, at least 1
 * @param symbols S, at least 1
 */
public record Copy(int length, int symbols) implements GeneratedTask {
  /** Number of symbols that may have to be recalled. */
  public static final int ALPHABET = 8;

  /** The blank: token and class. */
  public static final int BLANK = ALPHABET;

  private static final int MARKER = ALPHABET + 1;

  public Copy {
    GeneratedTask.require("length of 'copy'", length, 1);
    GeneratedTask.require("symbols of 'copy'", symbols, 1);
  }

  @Override
  public String name() {
    return "copy";
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
    return TargetKind.CLASS;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    CounterRandom random = GeneratedTask.random(seed, index);
    int steps = length + 2 * symbols;
    int[] tokens = new int[steps];
    int[] classes = new int[steps];
    Arrays.fill(tokens, BLANK);
    Arrays.fill(classes, BLANK);
    for (int i = 0; i < symbols; i++) {
      tokens[i] = random.nextInt(ALPHABET);
      classes[steps - symbols + i] = tokens[i];
    }
    tokens[symbols + length - 1] = MARKER;
    return Sequence.ofTokens(id(index), tokens).withClasses(classes);
  }
}

package io.hindsight.datasets.generators;

import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.random.CounterRandom;
import java.util.Arrays;

/**
 * Embedded Reber grammar (Cleeremans, Servan-Schreiber and McClelland 1989; Fahlman 1991): B, then
 * T or P, a string of Reber's grammar, the same T or P again, E; every branch is taken with
 * probability 1/2. Each step reads a symbol, its class is the next one. Knowing the grammar, the
 * next symbol has 0.4414 nats of entropy on average over targets; the second last symbol needs the
 * memory of the second.
 */
public record EmbeddedReber() implements GeneratedTask {
  /** The symbols; a token or class is a position in this string. */
  public static final String SYMBOLS = "BTSXPVE";

  /** Reber's grammar: for each state, its one or two symbols, each followed by the next state. */
  private static final String[] GRAMMAR = {"B1", "T2P3", "S2X4", "T3V5", "X3S6", "P4V6", "E7"};

  private static final int END_STATE = 7;

  @Override
  public String name() {
    return "embedded-reber";
  }

  @Override
  public InputSpec input() {
    return InputSpec.tokens(SYMBOLS.length());
  }

  @Override
  public int outputs() {
    return SYMBOLS.length();
  }

  @Override
  public TargetKind targetKind() {
    return TargetKind.CLASS;
  }

  @Override
  public Sequence sequence(long seed, int index) {
    int[] symbols =
        string(GeneratedTask.random(seed, index)).chars().map(SYMBOLS::indexOf).toArray();
    int steps = symbols.length - 1;
    return Sequence.ofTokens(id(index), Arrays.copyOf(symbols, steps))
        .withClasses(Arrays.copyOfRange(symbols, 1, steps + 1));
  }

  private static String string(CounterRandom random) {
    char shell = random.nextInt(2) == 0 ? 'T' : 'P';
    StringBuilder string = new StringBuilder().append('B').append(shell);
    int state = 0;
    while (state != END_STATE) {
      String arcs = GRAMMAR[state];
      int arc = arcs.length() == 2 ? 0 : 2 * random.nextInt(2);
      string.append(arcs.charAt(arc));
      state = arcs.charAt(arc + 1) - '0';
    }
    return string.append(shell).append('E').toString();
  }
}

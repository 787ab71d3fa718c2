package io.hindsight.kernels.network;

import java.util.List;
import java.util.Optional;

/** Which layers can add what they read to what they make. */
public final class ResidualRule {
  private static final String TOKENS =
      "recurrent layer %d reads tokens, which are no numbers that could be added to what it makes";
  private static final String WIDTHS =
      "recurrent layer %d cannot add the %d numbers that it reads to the %d that it makes";
  private static final String AT_ITS_END =
      "recurrent layer %d answers with the states that its two directions end with, which belong to no step that it reads";

  /** What helps against each. */
  public static final String REMEDY = "leave residual out of that layer, in a list of model.layers";

  private ResidualRule() {}

  /** What is wrong with the residual layers of a network, if anything is. */
  public static Optional<String> broken(InputSpec input, List<LayerSpec> layers, OutputSpec.At at) {
    int rows = input.size();
    int recurrent = 0;
    for (int number = 0; number < layers.size(); number++) {
      int made = layers.get(number).outputs(rows);
      if (layers.get(number) instanceof RecurrentSpec layer) {
        boolean atItsEnd = layer.bidirectional() && NetworkSpec.isReadAtItsEnd(layers, number, at);
        String rule =
            recurrent == 0 && input.isTokens()
                ? TOKENS
                : rows != made ? WIDTHS : atItsEnd ? AT_ITS_END : "";
        if (layer.residual() && !rule.isEmpty()) {
          return Optional.of(rule.formatted(recurrent, rows, made));
        }
        recurrent++;
      }
      rows = made;
    }
    return Optional.empty();
  }
}

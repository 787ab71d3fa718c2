package io.hindsight.kernels.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The shape of a network: an input, a stack of layers, and an output.
 *
 * <p>Parameters and states belong to the recurrent layers, which are numbered from the input
 * upwards, the others left out.
 *
 * @param input what is read at each step
 * @param layers from the input upwards; at least one is recurrent
 * @param output the output map and its loss
 */
public record NetworkSpec(InputSpec input, List<LayerSpec> layers, OutputSpec output) {
  public NetworkSpec {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    layers = List.copyOf(layers);
    if (layers.stream().noneMatch(RecurrentSpec.class::isInstance)) {
      throw new IllegalArgumentException("a network needs at least one recurrent layer");
    }
    if (input.isTokens() && !input.isEmbedded() && layers.get(0) instanceof DropoutSpec) {
      throw new IllegalArgumentException("tokens are no numbers that could be dropped");
    }
    ResidualRule.broken(input, layers, output.at())
        .ifPresent(
            rule -> {
              throw new IllegalArgumentException(rule);
            });
    if (output.tied()) {
      requireTable(input, layers, output);
    }
  }

  private static void requireTable(InputSpec input, List<LayerSpec> layers, OutputSpec output) {
    if (!input.isTokens() || !input.isEmbedded()) {
      throw new IllegalArgumentException(
          "an output is tied to a table of tokens, but the input is " + input);
    }
    int rows = topRows(input, layers);
    EmbeddingSpec table = input.tables().get(0);
    if (output.logits() != table.rows() || rows != table.width()) {
      throw new IllegalArgumentException(
          "an output that is tied to a table of %d rows of %d numbers answers %d from %d; both must be as many"
              .formatted(table.rows(), table.width(), output.logits(), rows));
    }
  }

  /**
   * A stack of recurrent layers of one cell.
   *
   * @param hidden H of each layer, from the input upwards
   */
  public static NetworkSpec plain(
      InputSpec input, Cell cell, List<Integer> hidden, OutputSpec output) {
    return new NetworkSpec(input, plainLayers(cell, hidden), output);
  }

  /** The layers of {@link #plain}. */
  public static List<LayerSpec> plainLayers(Cell cell, List<Integer> hidden) {
    return hidden.stream().<LayerSpec>map(units -> RecurrentSpec.plain(cell, units)).toList();
  }

  /** The cell of all layers, if they are {@link #plainLayers} of one. */
  public static Optional<Cell> plainCell(List<LayerSpec> layers) {
    Optional<Cell> cell = recurrent(layers).stream().map(RecurrentSpec::cell).findFirst();
    return cell.filter(c -> layers.equals(plainLayers(c, hidden(layers))));
  }

  /** The recurrent layers, from the input upwards. */
  public List<RecurrentSpec> recurrent() {
    return recurrent(layers);
  }

  /** The recurrent layers, each as often as it has directions: what has a state of its own. */
  public List<RecurrentSpec> directions() {
    return recurrent().stream()
        .flatMap(layer -> Collections.nCopies(layer.directions(), layer).stream())
        .toList();
  }

  /** H of each recurrent layer. */
  public List<Integer> hidden() {
    return hidden(layers);
  }

  /** The recurrent ones among layers. */
  public static List<RecurrentSpec> recurrent(List<LayerSpec> layers) {
    return layers.stream()
        .filter(RecurrentSpec.class::isInstance)
        .map(RecurrentSpec.class::cast)
        .toList();
  }

  /** H of the recurrent ones among layers. */
  public static List<Integer> hidden(List<LayerSpec> layers) {
    return recurrent(layers).stream().map(RecurrentSpec::hidden).toList();
  }

  /** I of each recurrent layer: the network's input size, or the rows of what is below it. */
  public List<Integer> recurrentInputs() {
    List<Integer> inputs = new ArrayList<>();
    int rows = input.size();
    for (LayerSpec layer : layers) {
      if (layer instanceof RecurrentSpec) {
        inputs.add(rows);
      }
      rows = layer.outputs(rows);
    }
    return inputs;
  }

  /** Whether some layer reads its sequences from their ends too, so that it needs all of them. */
  public boolean readsBothWays() {
    return readsBothWays(layers);
  }

  /**
   * Whether the losses of a sequence are of all of its steps, so that they cannot come in pieces.
   */
  public boolean scoresWholeSequences() {
    return readsBothWays() || output.loss().targetsAreStrings();
  }

  /** Whether some of these layers reads its sequences from their ends too. */
  public static boolean readsBothWays(List<LayerSpec> layers) {
    return recurrent(layers).stream().anyMatch(RecurrentSpec::bidirectional);
  }

  /**
   * Whether the output reads the states that the directions of a layer end with: it answers at the
   * last step, and no layer above is recurrent.
   *
   * @param layer its place in the list
   */
  public boolean isReadAtItsEnd(int layer) {
    return isReadAtItsEnd(layers, layer, output.at());
  }

  static boolean isReadAtItsEnd(List<LayerSpec> layers, int layer, OutputSpec.At at) {
    boolean top = recurrent(layers.subList(layer + 1, layers.size())).isEmpty();
    return top && at == OutputSpec.At.LAST_STEP;
  }

  /** Rows of what the top layer makes, which the output reads. */
  public int topRows() {
    return topRows(input, layers);
  }

  private static int topRows(InputSpec input, List<LayerSpec> layers) {
    int rows = input.size();
    for (LayerSpec layer : layers) {
      rows = layer.outputs(rows);
    }
    return rows;
  }

  static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but is " + value);
    }
  }
}

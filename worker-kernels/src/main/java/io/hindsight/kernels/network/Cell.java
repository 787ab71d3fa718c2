package io.hindsight.kernels.network;

import java.util.List;
import java.util.function.Supplier;

/** The recurrent cell of every layer of a network. */
public sealed interface Cell permits RnnCell, LstmCell, GruCell {
  /** The {@link #name} of every cell. */
  List<String> NAMES = List.of("rnn", "lstm", "gru");

  /**
   * The cell of a name.
   *
   * @param activation asked for a cell that has one
   * @throws IllegalArgumentException if there is none of that name
   */
  static Cell named(String name, Supplier<Activation> activation) {
    return switch (name) {
      case "rnn" -> new RnnCell(activation.get());
      case "lstm" -> new LstmCell();
      case "gru" -> new GruCell();
      default ->
          throw new IllegalArgumentException(
              "a cell is one of %s, but is '%s'".formatted(String.join(", ", NAMES), name));
    };
  }

  /** Gates G: the parameter matrices of a layer have G·H rows. */
  int gates();

  /** Whether the cell carries a second state c beside h. */
  boolean hasCellState();

  /** The name used in configurations: {@code rnn}, {@code lstm} or {@code gru}. */
  String name();
}

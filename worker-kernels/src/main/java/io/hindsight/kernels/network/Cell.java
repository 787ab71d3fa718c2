package io.hindsight.kernels.network;

/** The recurrent cell of every layer of a network. */
public sealed interface Cell permits RnnCell, LstmCell, GruCell {
  /** Gates G: the parameter matrices of a layer have G·H rows. */
  int gates();

  /** Whether the cell carries a second state c beside h. */
  boolean hasCellState();

  /** The name used in configurations: {@code rnn}, {@code lstm} or {@code gru}. */
  String name();
}

package io.hindsight.kernels.network;

import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The blocks of a recurrent layer's normalisations: of its product with the input, of that with the
 * state, and of an LSTM's c.
 *
 * @param input of W x, G·H rows
 * @param state of U h, G·H rows
 * @param cell of c, H rows; of an LSTM only
 */
public record NormBlocks(Affine input, Affine state, Optional<Affine> cell) {
  /**
   * What a normalised vector is multiplied by, element by element, and what is added.
   *
   * @param gain PyTorch's {@code weight}
   * @param bias PyTorch's {@code bias}
   */
  public record Affine(Block gain, Block bias) {}

  /** All of them. */
  public List<Affine> all() {
    return Stream.concat(Stream.of(input, state), cell.stream()).toList();
  }
}

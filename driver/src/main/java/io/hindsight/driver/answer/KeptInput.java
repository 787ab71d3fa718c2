package io.hindsight.driver.answer;

import io.hindsight.datasets.encoded.EncodedInput;
import java.util.List;

/**
 * A sequence to answer, and what is kept of its rows.
 *
 * @param kept as {@link io.hindsight.datasets.RawSequence#kept} has them
 */
public record KeptInput(EncodedInput input, List<String> kept) {
  /** A sequence of whose rows nothing else is kept. */
  public static KeptInput of(EncodedInput input) {
    return new KeptInput(input, List.of());
  }
}

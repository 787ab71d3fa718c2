package io.hindsight.datasets.encoded;

import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.kernels.batch.Sequence;
import java.util.List;
import java.util.Objects;

/**
 * New data encoded for prediction.
 *
 * @param each every sequence with all that its answers need, whether it can be answered or not, in
 *     the order of their ids
 * @param omissions the sequences that cannot be answered to
 */
public record EncodedInputs(List<EncodedInput> each, Omissions omissions) {
  public EncodedInputs {
    each = List.copyOf(each);
    Objects.requireNonNull(omissions, "omissions");
  }

  /** Sequences of which nothing but their steps is known. */
  public static EncodedInputs of(List<Sequence> sequences, Omissions omissions) {
    List<EncodedInput> each =
        sequences.stream()
            .map(one -> (EncodedInput) new Encoded(one, List.of(), List.of(), null))
            .toList();
    return new EncodedInputs(each, omissions);
  }

  /** The sequences that can be answered to. */
  public List<Encoded> answered() {
    return each.stream().filter(Encoded.class::isInstance).map(Encoded.class::cast).toList();
  }

  /** Their sequences. */
  public List<Sequence> sequences() {
    return answered().stream().map(Encoded::sequence).toList();
  }

  /** Whether the time that is answered for is known of any sequence. */
  public boolean hasTargetTimes() {
    return answered().stream().anyMatch(input -> !input.targetTimes().isEmpty());
  }
}

package io.hindsight.datasets.source;

import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.rows.MappedPartitions;
import io.hindsight.datasets.rows.SequencePartitions;
import java.util.Optional;

/** New data encoded for prediction in the tasks that hold it. */
public final class PartitionedInputs {
  private final MappedPartitions<EncodedInput> inputs;

  PartitionedInputs(SequencePartitions partitions, InputEncoder encoder) {
    this.inputs = partitions.map(encoder);
  }

  /** The inputs, in partitions that hold whole sequences in the order of their ids. */
  public MappedPartitions<EncodedInput> partitions() {
    return inputs;
  }

  /** What to tell of columns that were constant in training, once the inputs were read. */
  public Optional<String> note() {
    return ConstantColumns.changed(inputs.notes());
  }
}

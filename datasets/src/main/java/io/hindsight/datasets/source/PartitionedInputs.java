package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.sequences.MappedPartitions;
import io.hindsight.datasets.sequences.SequencePartitions;
import java.util.Optional;

/** New data encoded for prediction in the tasks that hold it. */
public final class PartitionedInputs implements AutoCloseable {
  private final SequencePartitions sequences;
  private final MappedPartitions<EncodedInput> inputs;

  /**
   * Encodes sequences.
   *
   * @param mayFail whether there can be values that cannot be encoded
   * @throws DataException the first fault, whatever the partitions
   */
  PartitionedInputs(SequencePartitions sequences, InputEncoder encoder, boolean mayFail) {
    this.sequences = sequences;
    this.inputs = sequences.map(encoder);
    if (mayFail) {
      inputs.requireSound();
    }
  }

  /** The inputs, in partitions that hold whole sequences. */
  public MappedPartitions<EncodedInput> partitions() {
    return inputs;
  }

  /** What to tell of columns that were constant in training, once the inputs were read. */
  public Optional<String> note() {
    return ConstantColumns.changed(inputs.notes());
  }

  @Override
  public void close() {
    sequences.close();
  }
}

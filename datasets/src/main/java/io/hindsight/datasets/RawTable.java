package io.hindsight.datasets;

import java.util.List;

/**
 * A table as it was read.
 *
 * @param source where it was read
 * @param sequences in the order of their ids; at least one
 * @param features names of the I input features: a column, or {@code column[i]} of a vector
 * @param targets names of the target numbers, in the same way; of the label column for classes
 * @param labelled whether each sequence has one label, repeated at all its steps
 */
public record RawTable(
    String source,
    List<RawSequence> sequences,
    List<String> features,
    List<String> targets,
    boolean labelled) {
  public RawTable {
    sequences = List.copyOf(sequences);
    features = List.copyOf(features);
    targets = List.copyOf(targets);
  }

  /** The same table with only some of its sequences. */
  public RawTable withSequences(List<RawSequence> some) {
    return new RawTable(source, some, features, targets, labelled);
  }
}

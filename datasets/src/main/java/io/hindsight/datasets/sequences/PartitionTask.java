package io.hindsight.datasets.sequences;

import io.hindsight.datasets.RawSequence;
import java.io.Serializable;
import java.util.Iterator;

/** What a task makes of the sequences of a partition, for the driver. */
@FunctionalInterface
public interface PartitionTask extends Serializable {
  /**
   * Makes it, as it is asked for.
   *
   * @param sequences in any order; their places name the table, as only the driver knows the file
   */
  Iterator<byte[]> run(Iterator<RawSequence> sequences);
}

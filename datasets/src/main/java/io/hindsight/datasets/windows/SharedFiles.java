package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Files that every process can read sequences from, found by {@link StoredSteps}. */
public interface SharedFiles {
  /** Where they are, for people. */
  String location();

  /** Heap that a step of a sequence takes, bytes. */
  long stepBytes();

  /** Opens them for whoever asks for sequences in order: each byte is read once then. */
  Steps inOrder();

  /** Reads sequences from files. */
  interface Steps {
    /**
     * Steps that are named by their place, scored where those are.
     *
     * @throws ArithmeticException if no array holds so many
     */
    Sequence read(StoredSteps stored);
  }

  /**
   * Tells other processes which files to read. A service of {@link java.util.ServiceLoader}, since
   * who sends and receives shards need not know how data is stored.
   */
  interface Codec {
    /** Names files. */
    void write(DataOutput out, SharedFiles files) throws IOException;

    /**
     * The files that were named; nothing of them is read yet.
     *
     * @throws IOException if the bytes name none
     */
    SharedFiles read(DataInput in) throws IOException;
  }
}

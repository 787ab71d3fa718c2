package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.chunks.Chunk;
import io.hindsight.datasets.chunks.ChunkBounds;
import io.hindsight.datasets.chunks.ChunkFolder;
import io.hindsight.datasets.chunks.RowHead;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeSteps;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sequences of a table where they are: here, or with the executors that read them. Each method
 * looks at all of them once, and the results are the same.
 */
public interface TableData {
  /**
   * What is to be known of sequences.
   *
   * @param <S> what is known
   */
  interface Gathering<S extends Mergeable<S>> extends Serializable {
    /** What is known of none. */
    S none();

    /**
     * Takes a sequence.
     *
     * @param times when its rows are; of it, and perhaps of others
     */
    void add(S known, RawSequence raw, TableTimes times);
  }

  /**
   * Encodes sequences.
   *
   * @param <S> what is known of them besides
   */
  interface Encoder<S extends Mergeable<S>> extends Serializable {
    /** What is known of none. */
    S none();

    /** Encodes a sequence that takes part. */
    Optional<EncodedRow> encode(S known, RawSequence raw, TableTimes times);
  }

  /**
   * The same sequences on a grid of times.
   *
   * @throws DataException the first, in the order of ids, that does not lie on it as it must
   */
  TableData on(GridRows grid);

  /** The table, for errors. */
  String source();

  /** Names of the input features. */
  List<String> features();

  /** Names of the target numbers, or of the label column. */
  List<String> targets();

  /** Whether each sequence has one label, repeated at all its steps. */
  boolean labelled();

  /** Finds the step that most times are apart, by which sequences are measured from then on. */
  Optional<Found> findStep();

  /** Measures sequences by other steps from now on; the table's own must have been looked for. */
  void measureBy(TimeSteps steps);

  /** The hashes of all ids, in no order; the step must have been looked for. */
  long[] hashes();

  /** The ids of a hash. */
  List<String> ids(long hash);

  /** What is known of all sequences. */
  <S extends Mergeable<S>> S gather(Gathering<S> gathering);

  /** Encodes all sequences to {@linkplain EncodedRow#toBytes bytes}, in no order. */
  <S extends Mergeable<S>> S encode(Encoder<S> encoder, Consumer<byte[]> rows);

  /** As {@link #encode}, but of each row its {@linkplain RowHead head} alone. */
  <S extends Mergeable<S>> S measure(Encoder<S> encoder, Consumer<byte[]> heads);

  /** Encodes all sequences into chunks of a folder, each written by one task. */
  <S extends Mergeable<S>> List<Chunk> write(
      Encoder<S> encoder, ChunkBounds bounds, ChunkFolder folder);

  /** The file of a sequence, for errors. */
  String file(String id);

  /** A fault of a sequence, as it is told to people. */
  DataException located(String id, DataException fault);

  /** The common step among those found. */
  static Optional<TimeStep> common(Optional<Found> found) {
    return found.filter(Found::isCommon).map(Found::step);
  }
}

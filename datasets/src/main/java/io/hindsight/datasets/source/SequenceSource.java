package io.hindsight.datasets.source;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import java.util.Optional;

/** A place that sequences come from: a table, a text or a generator. */
sealed interface SequenceSource permits TableSource, TextSource, GeneratedSource {
  /** Encodes the data, fitting the encoding to its training part, which must not be empty. */
  EncodedData fit();

  /**
   * Encodes the data with a stored encoding, in place of one that is fitted; the training part must
   * not be empty.
   */
  EncodedData keep(Encoding stored);

  /** Encodes the data with a stored encoding; the training part may be empty. */
  EncodedData apply(Encoding stored);

  /** Encodes the inputs of all data, whether or not there are targets. */
  EncodedInputs inputs(Encoding stored);

  /**
   * As {@link #apply} where the data is, without bringing it here; absent if it is small, or not in
   * such a form.
   */
  default Optional<PartitionedData> partitioned(Encoding stored) {
    return Optional.empty();
  }

  /** The inputs of all data where it is; absent if it is small, or not in such a form. */
  default Optional<PartitionedInputs> partitionedInputs(Encoding stored) {
    return Optional.empty();
  }
}

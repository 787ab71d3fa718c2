package io.hindsight.datasets.source;

import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.LagRows;
import io.hindsight.datasets.encoded.LagSample;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.sequences.MappedPartitions;
import io.hindsight.datasets.sequences.SequencePartitions;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Window;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A table encoded to be scored and divided into parts, in the tasks that hold it. Of its sequences
 * nothing but counts and sums comes to the driver.
 */
public final class PartitionedData implements AutoCloseable {
  private final SequencePartitions sequences;
  private final MappedPartitions<SplitSequence> partitions;
  private final Encoding.Table encoding;
  private final PartTally parts;
  private final Optional<Spacing> spacing;
  private final Omissions omissions;
  private final Optional<String> note;

  PartitionedData(
      SequencePartitions sequences,
      MappedPartitions<SplitSequence> partitions,
      Encoding.Table encoding,
      PartTally parts,
      Optional<Spacing> spacing,
      Omissions omissions,
      Optional<String> note) {
    this.sequences = sequences;
    this.partitions = partitions;
    this.encoding = encoding;
    this.parts = parts;
    this.spacing = spacing;
    this.omissions = omissions;
    this.note = note;
  }

  /** The sequences, in partitions that hold whole ones. */
  public MappedPartitions<SplitSequence> partitions() {
    return partitions;
  }

  /** How they are encoded. */
  public Encoding.Table encoding() {
    return encoding;
  }

  /** How many sequences each part has. */
  public PartTally parts() {
    return parts;
  }

  /** How evenly the rows follow each other in time; absent if no sequence has two. */
  public Optional<Spacing> spacing() {
    return spacing;
  }

  /** What of the data takes no part. */
  public Omissions omissions() {
    return omissions;
  }

  /** What to tell of columns that were constant in training. */
  public Optional<String> note() {
    return note;
  }

  /** What is known of targets in original units without any sequence; for numeric targets. */
  public Optional<Forecast> forecast() {
    return encoding.targetKind() == TargetKind.VALUE
        ? Optional.of(new Forecast(encoding, Map.of()))
        : Optional.empty();
  }

  /**
   * Simple forecasts to compare with, of which the autoregression is fitted to the training part.
   *
   * @param season steps of one season, if there is one
   * @return absent unless targets are later values of a series
   */
  public Optional<BaselineMethods> baselines(Optional<Integer> season) {
    return forecast()
        .filter(Forecast::isOfFuture)
        .map(truth -> BaselineMethods.of(season, sample(truth.outputs(), season)));
  }

  private Optional<LagSample> sample(int outputs, Optional<Integer> season) {
    if (parts.isEmpty(Part.TRAINING)) {
      return Optional.empty();
    }
    LagRows none = new LagRows(outputs, season);
    return partitions.sum(count(none)).sample().map(some -> partitions.sum(take(some)));
  }

  private static Summing<SplitSequence, LagRows> count(LagRows none) {
    return partition -> {
      LagRows rows = none.none();
      partition.forEachRemaining(one -> trained(one, (truth, steps) -> rows.count(truth, steps)));
      return rows;
    };
  }

  /** What a sequence has in the training part, if it has something there. */
  private static void trained(SplitSequence one, BiConsumer<Forecast, Stream<Window>> consumer) {
    if (!one.parts().training().isEmpty()) {
      Forecast truth = one.forecast().orElseThrow();
      truth.trained(one.parts().training()).forEach(steps -> consumer.accept(truth, steps));
    }
  }

  private static Summing<SplitSequence, LagSample> take(LagSample none) {
    return partition -> {
      LagSample sample = none.none();
      partition.forEachRemaining(one -> trained(one, (truth, steps) -> sample.add(truth, steps)));
      return sample;
    };
  }

  /** Frees the disks. */
  @Override
  public void close() {
    sequences.close();
  }
}

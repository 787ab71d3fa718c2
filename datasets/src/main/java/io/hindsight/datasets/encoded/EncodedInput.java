package io.hindsight.datasets.encoded;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.kernels.batch.Sequence;
import java.util.List;
import java.util.Objects;

/**
 * One sequence of new data: encoded as a model reads it, with all that its answers need, or left
 * out, with the reason. Whoever reads the data makes them, on the driver or in a task, and each
 * stands for itself.
 */
public sealed interface EncodedInput {
  /** The id of the sequence. */
  String id();

  /**
   * A sequence that cannot be answered.
   *
   * @param leftOut why
   */
  record Omitted(LeftOut leftOut) implements EncodedInput {
    @Override
    public String id() {
      return leftOut.id();
    }
  }

  /** A sequence that can be answered. */
  final class Encoded implements EncodedInput {
    private final Sequence sequence;
    private final List<String> times;
    private final List<String> targetTimes;
    private final RowNumbers series; // (N, O), or null
    private final double[] scale; // (2, O), or (N, 2, O), or null
    private final double[] later; // (H−1, I), or null

    /**
     * A sequence of T steps.
     *
     * @param sequence without targets
     * @param times (T): the time of each step; empty where the table has none
     * @param targetTimes the time that each step answers for // (T), or, where it answers several
     *     horizons, those of the last step // (H); empty where that is not known
     * @param series (N, O): the target columns in original units, not copied; null unless the model
     *     answers changes
     */
    public Encoded(
        Sequence sequence, List<String> times, List<String> targetTimes, RowNumbers series) {
      this(sequence, times, targetTimes, series, null);
    }

    /**
     * A sequence that may have a scale of its own.
     *
     * @param scale shifts, then divisors of its targets // (2, O), or those of each row // (N, 2,
     *     O); null if it has none
     */
    public Encoded(
        Sequence sequence,
        List<String> times,
        List<String> targetTimes,
        RowNumbers series,
        double[] scale) {
      this(sequence, times, targetTimes, series, scale, null);
    }

    /**
     * A sequence that may be gone on with.
     *
     * @param later what is known ahead of the steps behind its end, zeros in place of the rest //
     *     (H−1, I); null unless the model reads its answers
     */
    public Encoded(
        Sequence sequence,
        List<String> times,
        List<String> targetTimes,
        RowNumbers series,
        double[] scale,
        double[] later) {
      this.later = later;
      this.scale = scale;
      this.sequence = Objects.requireNonNull(sequence, "sequence");
      this.times = times;
      this.targetTimes = targetTimes;
      this.series = series;
    }

    @Override
    public String id() {
      return sequence.id();
    }

    /** What the network reads. */
    public Sequence sequence() {
      return sequence;
    }

    /** // (T), or empty. */
    public List<String> times() {
      return times;
    }

    /** // (T), or (H), or empty. */
    public List<String> targetTimes() {
      return targetTimes;
    }

    /** // (N, O), or null. */
    public RowNumbers series() {
      return series;
    }

    /** // (2, O), or (N, 2, O), or null. */
    public double[] scale() {
      return scale;
    }

    /** // (H−1, I), or null. */
    public double[] later() {
      return later;
    }
  }
}

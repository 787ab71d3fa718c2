package io.hindsight.datasets.encoded;

import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.time.TimeBounds;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Data ready for a network: the sequences of the three parts, and how they were encoded.
 *
 * <p>Every list is in the order of the sequences' ids. Sequences of one id in different parts start
 * at the same step, so a later part holds the earlier ones as its unscored history.
 */
public final class EncodedData {
  private final InputSpec input;
  private final int outputs;
  private final SequenceList training;
  private final SequenceList validation;
  private final SequenceList test;
  private final Encoding encoding;
  private final Optional<Forecast> forecast;
  private final Optional<Spacing> spacing;
  private final Omissions omissions;
  private Known known; // null before it is asked for
  private TimeBounds times; // null where they are not known

  /**
   * Encoded data.
   *
   * @param input I and its kind
   * @param outputs O: numbers per target, or classes
   * @param parts training, validation and test part
   * @param encoding how new data is encoded in the same way
   * @param forecast targets in original units, for numeric targets of a table
   */
  public EncodedData(
      InputSpec input, int outputs, Parts parts, Encoding encoding, Optional<Forecast> forecast) {
    this(input, outputs, parts, encoding, forecast, Optional.empty(), Omissions.none(parts.size()));
  }

  /**
   * Encoded data of which something is left out, or whose rows have times.
   *
   * @param spacing how evenly its rows follow each other in time
   * @param omissions what of the data takes no part
   */
  public EncodedData(
      InputSpec input,
      int outputs,
      Parts parts,
      Encoding encoding,
      Optional<Forecast> forecast,
      Optional<Spacing> spacing,
      Omissions omissions) {
    this.input = Objects.requireNonNull(input, "input");
    this.outputs = outputs;
    this.training = parts.training();
    this.validation = parts.validation();
    this.test = parts.test();
    this.encoding = Objects.requireNonNull(encoding, "encoding");
    this.forecast = forecast;
    this.spacing = spacing;
    this.omissions = omissions;
  }

  /** What all sequences tell together. */
  private record Known(PartTally tally, String fingerprint) {}

  /** The same, of which is known already what its sequences would be read for. */
  public EncodedData knowing(PartTally tally, String fingerprint) {
    EncodedData same =
        new EncodedData(input, outputs, parts(), encoding, forecast, spacing, omissions);
    same.known = new Known(tally, fingerprint);
    return same;
  }

  /** The same, of which is known what was read. */
  public EncodedData withTimes(TimeBounds bounds) {
    EncodedData same =
        new EncodedData(input, outputs, parts(), encoding, forecast, spacing, omissions);
    same.known = known;
    same.times = bounds;
    return same;
  }

  /**
   * How many rows and sequences were read of a table that was fitted to, whether or not they take
   * part, and between which points in time they are; absent for all other data.
   */
  public Optional<TimeBounds> times() {
    return Optional.ofNullable(times);
  }

  /** What a network reads at each step. */
  public InputSpec input() {
    return input;
  }

  /** O: target columns, classes, or size of the vocabulary. */
  public int outputs() {
    return outputs;
  }

  /** The sequences to train on. */
  public SequenceList training() {
    return training;
  }

  /** The sequences that decide when to stop; may be empty. */
  public SequenceList validation() {
    return validation;
  }

  /** The sequences that are looked at once, at the end; may be empty. */
  public SequenceList test() {
    return test;
  }

  /** What must be kept with a model to encode new data in the same way. */
  public Encoding encoding() {
    return encoding;
  }

  /** The targets in original units; present for numeric targets of a table. */
  public Optional<Forecast> forecast() {
    return forecast;
  }

  /**
   * How evenly the rows follow each other in time; absent where a table has no times, or no
   * sequence two rows.
   */
  public Optional<Spacing> spacing() {
    return spacing;
  }

  /** What of the data takes no part. */
  public Omissions omissions() {
    return omissions;
  }

  /** The sequences of all parts. */
  public Parts parts() {
    return new Parts(training, validation, test);
  }

  private synchronized Known known() {
    if (known == null) {
      PartSums sums = PartSums.of(parts());
      known = new Known(sums.tally(), sums.fingerprint(encoding));
    }
    return known;
  }

  /** How many sequences the parts have, and which can be scored. */
  public PartTally tally() {
    return known().tally();
  }

  /** The identity of the encoded content of all parts: 64 hexadecimal digits. */
  public String fingerprint() {
    return known().fingerprint();
  }

  /**
   * The sequences of the three parts.
   *
   * @param training to train on
   * @param validation to stop by
   * @param test to judge by
   */
  public record Parts(SequenceList training, SequenceList validation, SequenceList test) {
    /** Parts on the heap, or of lists that read. */
    public Parts(List<Sequence> training, List<Sequence> validation, List<Sequence> test) {
      this(SequenceList.of(training), SequenceList.of(validation), SequenceList.of(test));
    }

    /** The sequences of a part. */
    public SequenceList of(Part part) {
      return switch (part) {
        case TRAINING -> training;
        case VALIDATION -> validation;
        case TEST -> test;
      };
    }

    /** Gives every sequence with the part that it is in, part by part. */
    public void forEach(BiConsumer<Part, Sequence> taker) {
      for (Part part : Part.values()) {
        of(part).forEach(sequence -> taker.accept(part, sequence));
      }
    }

    /** Sequences of all parts; one that is in several counts in each. */
    int size() {
      return training.size() + validation.size() + test.size();
    }
  }
}

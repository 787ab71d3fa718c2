package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.time.TimeBounds;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** Divides sequences into training, validation and test part; never by single rows. */
public final class Splits {
  private Splits() {}

  /**
   * Whole sequences by a hash of (seed, id): the part of a sequence does not depend on the order in
   * which sequences are read. The sequences with the smallest hashes are the test part, the next
   * ones validation.
   */
  public static EncodedData.Parts byId(List<Sequence> sequences, Split split, long seed) {
    List<IdSplit.Key> keys =
        sequences.stream().map(s -> IdSplit.Key.of(seed, s.id())).sorted().toList();
    return byId(sequences, IdSplit.of(keys::get, keys.size(), split), seed);
  }

  /** The same of any of the sequences, once the bounds of the parts are known. */
  public static EncodedData.Parts byId(List<Sequence> sequences, IdSplit bounds, long seed) {
    SequenceList whole = SequenceList.of(sequences);
    PartLists parts = new PartLists(whole);
    for (int index : PartLists.byId(whole)) {
      Part part = bounds.part(IdSplit.Key.of(seed, whole.id(index)));
      parts.add(part, index, 0, whole.length(index));
    }
    return parts.parts();
  }

  /**
   * The last target steps of each sequence are the test part, those before them validation. Later
   * parts keep the whole history as unscored steps; the target of a training step lies before the
   * first validation target. A sequence too short for a part is missing there.
   */
  public static EncodedData.Parts byTime(List<Sequence> sequences, Split split) {
    SequenceList whole = SequenceList.of(sequences);
    return at(whole, index -> PartCuts.ofLast(whole.length(index), split, first -> first));
  }

  /**
   * The parts of sequences, in their order.
   *
   * @param cuts where the parts of a sequence begin, by its index
   */
  public static EncodedData.Parts at(List<Sequence> sequences, IntFunction<PartCuts> cuts) {
    SequenceList whole = SequenceList.of(sequences);
    PartLists parts = new PartLists(whole);
    for (int index = 0; index < whole.size(); index++) {
      PartCuts of = cuts.apply(index);
      for (Part part : Part.values()) {
        parts.add(part, index, of.from(part), of.to(part, whole.length(index)));
      }
    }
    return parts.parts();
  }

  /** Gives what each part has of a sequence, without a copy. */
  public static void forEach(Sequence whole, PartCuts cuts, BiConsumer<Part, Window> taker) {
    EncodedData.Parts parts = at(whole, cuts);
    for (Part part : Part.values()) {
      SequenceList of = parts.of(part);
      if (!of.isEmpty()) {
        taker.accept(part, of.window(0, 0, of.length(0), false));
      }
    }
  }

  /** What is trained on of a sequence, without a copy; absent if nothing is. */
  public static Optional<Window> training(Sequence whole, PartCuts cuts) {
    return cuts.has(Part.TRAINING, whole.length())
        ? Optional.of(new Window(whole, 0, cuts.trainingTo(), 0, false))
        : Optional.empty();
  }

  /** The parts of one sequence, which are copied when they are asked for as sequences. */
  public static EncodedData.Parts at(Sequence whole, PartCuts cuts) {
    return at(SequenceList.ofPlaces(whole), index -> cuts);
  }

  /** Refuses a part none of whose targets training saw. */
  public static void requireKnown(PartTally parts, String place) {
    for (Part part : Part.values()) {
      if (parts.lacksTargets(part)) {
        throw new DataException(
            "the " + part.text() + " part must hold a target that training saw",
            "none",
            place,
            "bring other data, or change data.split");
      }
    }
  }

  /**
   * Refuses a part that was asked for and is empty.
   *
   * @param bounds of the times that were read, if they are known
   */
  public static void requireParts(
      PartTally parts,
      Split split,
      boolean needsTraining,
      Optional<TimeBounds> bounds,
      String place) {
    EmptyPart empty = new EmptyPart(split, bounds, place);
    empty.refuse(parts, Part.TRAINING, needsTraining);
    empty.refuse(parts, Part.VALIDATION, split.hasValidation());
    empty.refuse(parts, Part.TEST, split.hasTest());
  }

  /**
   * Refuses a part none of whose steps has a target: there is no row at the time of any.
   *
   * @param horizon from a row to its target, for people
   */
  public static void requireTargets(PartTally parts, String horizon, String place) {
    for (Part part : Part.values()) {
      if (parts.lacksTargets(part)) {
        throw noTargets("the " + part.text() + " part", horizon, place);
      }
    }
  }

  /**
   * The error for data without a row at the time of any target.
   *
   * @param what part or sequence must have one
   */
  public static DataException noTargets(String what, String horizon, String place) {
    return new DataException(
        what + " must have a row at the time of a target",
        "no row " + horizon + " after another",
        place + ", data.time",
        "use another data.horizon, bring data with the time steps of the training, or name a"
            + " column in data.time that numbers the rows, to count those");
  }
}

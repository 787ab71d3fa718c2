package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.Omissions.Boundaries;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RowChanges;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.columns.TargetWeights.Balance;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Readings;
import io.hindsight.datasets.encoding.ScalingStatistics;
import io.hindsight.datasets.fit.TableData.Gathering;
import io.hindsight.datasets.fit.labels.PositiveCounts;
import io.hindsight.datasets.missing.FillStatistics;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.InstantReader;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeBounds;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the sequences of a table tell, that an encoding is fitted to their training part by. */
final class FitStatistics implements Mergeable<FitStatistics> {
  private static final long serialVersionUID = 1L;

  private boolean differ;
  private final ArrayList<LeftOut> leftOut = new ArrayList<>();
  private final TreeSet<String> labels = new TreeSet<>(); // of all that take part
  private final TreeMap<String, Long> seen = new TreeMap<>(); // of targets to train on
  private final TreeMap<String, Long> last = new TreeMap<>(); // of those of last steps
  private final PartTally parts = new PartTally();
  private Boundaries boundaries = Boundaries.NONE; // between parts
  private boolean reaches; // whether a training step has a target at the farthest horizon
  private final TimeBounds bounds = new TimeBounds(); // of all that were read
  private RowChanges changes = RowChanges.NONE; // likewise
  private final ScalingStatistics inputs;
  private final ScalingStatistics targets; // null for classes
  private final PositiveCounts positives; // of labels
  private final FillStatistics missing; // of the inputs
  private String faulty; // id; null if there is none
  private DataException fault;

  private FitStatistics(Encoding.Table encoding) {
    inputs = ScalingStatistics.toFit(encoding.inputScaling());
    targets = encoding.targetScaling().map(ScalingStatistics::toFit).orElse(null);
    positives = new PositiveCounts(encoding);
    missing = new FillStatistics(encoding.filling());
  }

  @Override
  public void merge(FitStatistics other) {
    bounds.merge(other.bounds);
    changes = changes.plus(other.changes);
    differ |= other.differ;
    leftOut.addAll(other.leftOut);
    labels.addAll(other.labels);
    other.seen.forEach((label, count) -> seen.merge(label, count, Long::sum));
    other.last.forEach((label, count) -> last.merge(label, count, Long::sum));
    parts.merge(other.parts);
    boundaries = boundaries.plus(other.boundaries);
    reaches |= other.reaches;
    inputs.merge(other.inputs);
    missing.merge(other.missing);
    positives.merge(other.positives);
    if (targets != null) {
      targets.merge(other.targets);
    }
    if (other.faulty != null) {
      addFault(other.faulty, other.fault);
    }
  }

  private void addFault(String id, DataException why) {
    if (comesFirst(id)) {
      faulty = id;
      fault = why;
    }
  }

  private boolean comesFirst(String id) {
    return faulty == null || IdOrder.UTF_8.compare(id, faulty) < 0;
  }

  /** Rows and sequences in all, and their times. */
  TimeBounds bounds() {
    return bounds;
  }

  /** How rows were changed, in all. */
  RowChanges changes() {
    return changes;
  }

  /** Sequences in all. */
  int read() {
    return Math.toIntExact(bounds.sequences());
  }

  /** Whether a sequence is measured by a step of its own. */
  boolean differ() {
    return differ;
  }

  /** Those that take no part, in the order of their ids. */
  List<LeftOut> leftOut() {
    return leftOut.stream().sorted(Comparator.comparing(LeftOut::id, IdOrder.UTF_8)).toList();
  }

  /** The labels of all that take part, as they are written. */
  Set<String> labels() {
    return labels;
  }

  /** The labels of targets to train on. */
  Set<String> seen() {
    return seen.keySet();
  }

  /** How many such targets each label has that have a weight above 0. */
  Map<String, Long> counts(Balance of) {
    return of == Balance.LAST_STEPS ? last : seen;
  }

  /** How often such targets have each label, where they may have any number. */
  PositiveCounts positives() {
    return positives;
  }

  /** The sequences of each part. */
  PartTally parts() {
    return parts;
  }

  /** What the parts leave out where others follow, of all sequences together. */
  Boundaries boundaries() {
    return boundaries;
  }

  /** Whether a step of the training part has a target at the farthest horizon. */
  boolean reachesFarthest() {
    return reaches;
  }

  /** The inputs of the training part. */
  ScalingStatistics inputs() {
    return inputs;
  }

  /** The inputs of the training part that may be missing. */
  FillStatistics missing() {
    return missing;
  }

  /** Its numeric targets. */
  ScalingStatistics targets() {
    return targets;
  }

  /** The first sequence, in the order of ids, that cannot be encoded; absent if all can. */
  Optional<String> faulty() {
    return Optional.ofNullable(faulty);
  }

  /** Why it cannot. */
  DataException fault() {
    return fault;
  }

  /**
   * Gathers them.
   *
   * @param sent an encoding that is not fitted yet; for classes, with any label
   * @param minLength steps that a sequence must have to take part
   * @param rule which parts those that do are in
   * @param zone of times that do not tell theirs
   */
  record Of(SentEncoding sent, int minLength, SplitRule rule, ZoneId zone)
      implements Gathering<FitStatistics> {
    @Override
    public FitStatistics none() {
      return new FitStatistics(sent.get());
    }

    @Override
    public void add(FitStatistics known, RawSequence raw, TableTimes times) {
      known.bounds.add(raw, new InstantReader(zone));
      known.changes = known.changes.plus(RowChanges.of(raw));
      known.differ |= times.hasOwnStep(raw);
      Optional<LeftOut> why = Selection.unscored(raw, sent.get(), times, minLength);
      if (why.isPresent()) {
        known.leftOut.add(why.get());
        return;
      }
      RawSequence told = known.comesFirst(raw.id()) ? raw : raw.withoutFile();
      try {
        addPart(known, told, new TableEncoder(sent.get(), times));
      } catch (DataException e) {
        known.addFault(raw.id(), e);
      }
    }

    private void addPart(FitStatistics known, RawSequence raw, TableEncoder encoder) {
      Sequence whole = encoded(raw, encoder);
      PartCuts cuts = rule.cuts(raw, encoder, whole.length());
      Sequence within = encoder.within(cuts, raw, whole);
      Splits.forEach(within, cuts, known.parts::add);
      known.boundaries =
          known.boundaries.plus(new Boundaries(cuts.between(), behind(cuts, whole, within)));
      if (known.targets == null) {
        raw.labels().stream().filter(label -> !label.isEmpty()).forEach(known.labels::add);
      }
      Splits.training(within, cuts).ifPresent(steps -> addTraining(known, raw, steps, encoder));
    }

    private void addTraining(
        FitStatistics known, RawSequence raw, Window steps, TableEncoder encoder) {
      known.inputs.add(Readings.inputs(sent.get(), raw, steps));
      addMissing(known, raw, steps);
      if (known.targets != null) {
        known.targets.add(Readings.targets(sent.get(), raw, steps));
        known.positives.add(steps);
        known.reaches |= reachesFarthest(steps);
      } else {
        addSeen(known, raw, steps, encoder);
      }
    }

    /** Targets that are there, where they are numbers. */
    /** Targets of the steps of parts that are left out, as they lie behind their part. */
    private static long behind(PartCuts cuts, Sequence whole, Sequence within) {
      return Arrays.stream(Part.values())
          .mapToLong(part -> values(cuts, part, whole) - values(cuts, part, within))
          .sum();
    }

    private static long values(PartCuts cuts, Part part, Sequence sequence) {
      int width = sequence.targets() == null ? 0 : sequence.targetWidth();
      int from = cuts.from(part) * width;
      int to = cuts.to(part, sequence.length()) * width;
      return IntStream.range(from, to).filter(i -> !Double.isNaN(sequence.targets()[i])).count();
    }

    private boolean reachesFarthest(Window steps) {
      Sequence sequence = steps.sequence();
      int width = sequence.targetWidth();
      int columns = sent.get().targetScaling().orElseThrow().size();
      return IntStream.range(0, steps.steps())
          .flatMap(t -> IntStream.range((t + 1) * width - columns, (t + 1) * width))
          .anyMatch(i -> !Double.isNaN(sequence.targets()[i]));
    }

    private void addMissing(FitStatistics known, RawSequence raw, Window steps) {
      Encoding.Table encoding = sent.get();
      if (!encoding.filling().isNone()) {
        RowNumbers read = encoding.inputScaling().transform(raw, raw.inputs());
        known.missing.add(read, steps.steps() + encoding.offset(), raw::has);
      }
    }

    private static void addSeen(
        FitStatistics known, RawSequence raw, Window steps, TableEncoder encoder) {
      for (int t = 0; t < steps.steps(); t++) {
        if (steps.isScored(t)) {
          int row = encoder.ahead(raw, t);
          String label = raw.labels().get(row);
          long one = raw.side().weights().of(row) > 0 ? 1 : 0;
          known.seen.merge(label, one, Long::sum);
          known.last.merge(label, t == steps.steps() - 1 ? one : 0, Long::sum);
        }
      }
    }

    /** The steps of a sequence that are trained on, if there are any. */
    Optional<Window> training(RawSequence raw, TableTimes times) {
      if (Selection.unscored(raw, sent.get(), times, minLength).isPresent()) {
        return Optional.empty();
      }
      TableEncoder encoder = new TableEncoder(sent.get(), times);
      Sequence whole = encoded(raw, encoder);
      PartCuts cuts = rule.cuts(raw, encoder, whole.length());
      return Splits.training(encoder.within(cuts, raw, whole), cuts);
    }

    /** Classes are not known yet, only which steps have one. */
    private Sequence encoded(RawSequence raw, TableEncoder encoder) {
      if (!sent.get().targetKind().isOfClasses()) {
        return encoder.withTargets(raw);
      }
      Sequence inputs = encoder.withoutTargets(raw);
      int[] classes = new int[inputs.length()];
      Arrays.setAll(classes, t -> encoder.labelAhead(raw, t) < 0 ? Sequence.NO_CLASS : 0);
      return inputs.withClasses(classes);
    }
  }
}

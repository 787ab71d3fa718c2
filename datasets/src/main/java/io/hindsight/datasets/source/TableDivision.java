package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Omissions.Boundaries;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.sequences.MappedPartitions;
import io.hindsight.datasets.sequences.SequencePartitions;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.datasets.source.ScoringEncoder.Labelled;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.HashCounts;
import io.hindsight.datasets.split.IdSplit;
import io.hindsight.datasets.split.NothingLeft;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.UnknownLabels;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.windows.SequenceList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Divides the sequences of a table into parts where they are: what the whole table decides is
 * counted first, and then every task divides its own.
 */
final class TableDivision {
  private final SequencePartitions sequences;
  private final Encoding.Table encoding;
  private final TableSpec spec;
  private final Split split;
  private final long seed;
  private final ScoringEncoder encoder;
  private final MappedPartitions<Labelled> labelled;

  TableDivision(
      SequencePartitions sequences,
      Encoding.Table encoding,
      TableSpec spec,
      Split split,
      long seed) {
    this.sequences = sequences;
    this.encoding = encoding;
    this.spec = spec;
    this.split = split;
    this.seed = seed;
    encoder = new ScoringEncoder(encoding, spec.minLength().orElse(0));
    labelled = sequences.map(encoder);
  }

  /**
   * The parts.
   *
   * @return absent if a sequence's times do not have the steps of the encoding, for then only all
   *     sequences together tell what its steps are
   * @throws DataException the first fault, whatever the partitions
   */
  Optional<PartitionedData> divide() {
    if (mayFail()) {
      labelled.requireSound();
    }
    Optional<SplitRule> known = ruleOfEach();
    Census census = labelled.sum(census(encoder, seed, known.orElse(null)));
    if (census.kept() == 0) {
      throw new NothingLeft(encoding, spec.minLength().orElse(0), horizon())
          .of(sequences.source(), census.leftOut());
    }
    return census.isUnmeasured() ? Optional.empty() : Optional.of(divided(census, known));
  }

  /** Whether there can be values that cannot be encoded. */
  private boolean mayFail() {
    Stream<Scaling> scalings = Stream.of(encoding.inputScaling());
    return encoding.targetKind() == TargetKind.MULTILABEL
        || encoding.targetKind() == TargetKind.LABEL_STRING
        || !encoding.side().columns().statics().isEmpty()
        || !encoding.timeSteps().inputs().areNone()
        || Stream.concat(scalings, encoding.targetScaling().stream())
            .flatMap(scaling -> scaling.columns().stream())
            .anyMatch(column -> column.scale().isLogarithm());
  }

  private String horizon() {
    return TableTimes.of(List.of(), encoding.timeSteps()).horizon(encoding.horizon().first());
  }

  /** How a sequence is divided, where that does not depend on the others. */
  private Optional<SplitRule> ruleOfEach() {
    if (split.by() != Split.By.ID) {
      return Optional.of(SplitRule.ofEach(split, spec.scope().zone()));
    }
    return split.test() == Integer.MAX_VALUE
        ? Optional.of(new SplitRule.ById(IdSplit.ALL_TEST, seed))
        : Optional.empty();
  }

  private PartitionedData divided(Census census, Optional<SplitRule> known) {
    SplitRule rule = known.orElseGet(() -> new SplitRule.ById(bounds(census.hashes()), seed));
    PartCensus parts = known.isPresent() ? census.parts() : labelled.sum(partCensus(encoder, rule));
    Optional<Omissions.Unseen> unseen =
        new UnknownLabels(encoding, parts.labels(), false, labelled::file).check(spec.target());
    unseen.ifPresent(some -> Splits.requireKnown(parts.parts(), sequences.source()));
    Splits.requireParts(parts.parts(), split, false, Optional.empty(), sequences.source());
    Splits.requireTargets(parts.parts(), horizon(), sequences.source());
    int read = Math.toIntExact(census.kept() + census.leftOut().size());
    return new PartitionedData(
        sequences,
        sequences.map(new SplitEncoder(encoder, rule)),
        encoding,
        parts.parts(),
        census.spacing().spacing(encoding.timeSteps().common()),
        new Omissions(
            read,
            census.leftOut(),
            unseen,
            parts.categories().unknown(),
            parts.filled().filled(),
            census.changes(),
            Boundaries.NONE),
        ConstantColumns.changed(labelled.notes()));
  }

  /** The bounds of the parts of whole sequences, found without looking at all of their ids. */
  private IdSplit bounds(HashCounts hashes) {
    int n = Math.toIntExact(hashes.total());
    if (IdSplit.validationFrom(n, split) == n) {
      return IdSplit.ALL_TEST;
    }
    TreeSet<Integer> ranges = new TreeSet<>();
    ranges.add(hashes.rangeOf(IdSplit.validationFrom(n, split)));
    ranges.add(hashes.rangeOf(IdSplit.trainingFrom(n, split)));
    HashCounts.Keys keys = labelled.sum(keys(ranges, seed));
    return IdSplit.of(rank -> keys.ranked(hashes, rank), n, split);
  }

  /**
   * Counts sequences.
   *
   * @param rule counts their parts, too; null if it is not known yet
   */
  private static Summing<Labelled, Census> census(
      ScoringEncoder encoder, long seed, SplitRule rule) {
    return partition -> {
      Census census = new Census(encoder.encoding().horizon().first(), seed);
      partition.forEachRemaining(
          one -> {
            census.add(one);
            if (rule != null) {
              add(census.parts(), encoder, one, rule);
            }
          });
      return census;
    };
  }

  private static Summing<Labelled, HashCounts.Keys> keys(TreeSet<Integer> ranges, long seed) {
    return partition -> {
      HashCounts.Keys keys = new HashCounts.Keys(ranges);
      partition.forEachRemaining(
          one -> {
            if (one.leftOut().isEmpty()) {
              keys.add(IdSplit.Key.of(seed, one.raw().id()));
            }
          });
      return keys;
    };
  }

  private static Summing<Labelled, PartCensus> partCensus(ScoringEncoder encoder, SplitRule rule) {
    return partition -> {
      PartCensus census = new PartCensus();
      partition.forEachRemaining(one -> add(census, encoder, one, rule));
      return census;
    };
  }

  private static void add(PartCensus census, ScoringEncoder encoder, Labelled one, SplitRule rule) {
    if (one.leftOut().isEmpty()) {
      PartCuts cuts = rule.cuts(one.raw(), one.encoder(), one.whole().length(0));
      SequenceList within = one.encoder().within(cuts, one.raw(), one.whole());
      census.add(encoder.encoding(), one, within, cuts);
    }
  }
}

package io.hindsight.datasets.source;

import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.RowChanges;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartSums;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.side.CategoryTally;
import io.hindsight.datasets.side.FilledTally;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.split.Selection;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.split.UnknownLabels;
import io.hindsight.datasets.time.SpacingMeter;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Sequence;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Encodes a table that the driver holds as that of a model was, and divides it to be scored. */
final class HeldScoring {
  private final TableSpec spec;
  private final Split split;
  private final long seed;
  private final Consumer<String> warnings;

  /**
   * For a table.
   *
   * @param split in place of that of {@code spec}
   * @param seed of a split by ids
   * @param warnings takes what a user should know of the columns
   */
  HeldScoring(TableSpec spec, Split split, long seed, Consumer<String> warnings) {
    this.spec = spec;
    this.split = split;
    this.seed = seed;
    this.warnings = warnings;
  }

  /** Encodes the sequences that take part. */
  EncodedData encode(
      Selection selection, TableTimes times, Encoding.Table encoding, RowChanges changes) {
    RawTable table = selection.table();
    TableEncoder encoder = new TableEncoder(encoding, times);
    List<TableEncoder> own = own(encoder, table.sequences());
    EncodedData.Parts parts = parts(own, selection);
    new ConstantColumns(encoding).changed(table.sequences(), times).ifPresent(warnings);
    Optional<Omissions.Unseen> unseen =
        encoding.labels().isEmpty()
            ? Optional.empty()
            : UnknownLabels.of(encoding, table, encoder, parts).check(spec.target());
    PartSums sums = PartSums.of(parts);
    PartTally tally = sums.tally();
    unseen.ifPresent(some -> Splits.requireKnown(tally, table.source()));
    Splits.requireParts(tally, split, false, Optional.empty(), table.source());
    Splits.requireTargets(tally, times.horizon(encoding.horizon().first()), table.source());
    return new EncodedData(
            encoding.input(),
            encoding.outputs(),
            parts,
            encoding,
            forecast(own, table.sequences()),
            SpacingMeter.of(table.sequences(), times, encoding.horizon().first()),
            selection
                .omissions()
                .with(unseen)
                .with(CategoryTally.of(encoding, table, parts))
                .with(changes)
                .withFilled(FilledTally.of(encoding, table.sequences(), parts)))
        .knowing(tally, sums.fingerprint(encoding));
  }

  /** What encodes each sequence: the same, or by its own scale. */
  private List<TableEncoder> own(TableEncoder encoder, List<RawSequence> sequences) {
    if (!encoder.scalesEach()) {
      return Collections.nCopies(sequences.size(), encoder);
    }
    if (split.by() == Split.By.ID) {
      return sequences.stream().map(encoder::ownScaled).toList();
    }
    SplitRule rule = SplitRule.ofEach(split, spec.scope().zone());
    return sequences.stream()
        .map(
            raw -> {
              int length = encoder.steps(raw).length(0);
              return encoder.ownScaled(raw, length, rule.cuts(raw, encoder, length));
            })
        .toList();
  }

  private static Optional<Forecast> forecast(List<TableEncoder> own, List<RawSequence> raw) {
    return Forecast.of(
        IntStream.range(0, raw.size())
            .boxed()
            .flatMap(i -> own.get(i).forecast(List.of(raw.get(i))).stream())
            .toList());
  }

  private EncodedData.Parts parts(List<TableEncoder> own, Selection selection) {
    List<RawSequence> raw = selection.table().sequences();
    List<Sequence> sequences =
        IntStream.range(0, raw.size()).mapToObj(i -> own.get(i).withTargets(raw.get(i))).toList();
    if (split.by() == Split.By.ID) {
      return Splits.byId(sequences, split, seed);
    }
    SplitRule rule = SplitRule.ofEach(split, spec.scope().zone());
    List<PartCuts> cuts =
        IntStream.range(0, raw.size())
            .mapToObj(i -> rule.cuts(raw.get(i), own.get(i), sequences.get(i).length()))
            .toList();
    return Splits.at(
        IntStream.range(0, raw.size())
            .mapToObj(i -> own.get(i).within(cuts.get(i), raw.get(i), sequences.get(i)))
            .toList(),
        cuts::get);
  }
}

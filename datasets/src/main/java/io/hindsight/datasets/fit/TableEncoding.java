package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.split.LabelTally;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.UnknownLabels;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.SequenceWriter;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.kernels.network.InputSpec;
import java.util.Optional;

/**
 * Encodes the sequences of a table that take part, and divides them.
 *
 * @param encoding fitted to the table's own training part
 * @param split in place of that of {@code spec}
 * @param store keeps what is encoded
 */
record TableEncoding(
    TableData data, Encoding.Table encoding, DataSpec.Table spec, Split split, EncodedStore store) {
  /**
   * Encodes them.
   *
   * @param nearest the step that comes nearest to a common one, where sequences have none
   * @param omissions the sequences that take no part
   * @throws DataException of a value that cannot be encoded, of unknown labels, or of an empty part
   */
  EncodedData encode(SplitRule rule, Optional<TimeStep> nearest, Omissions omissions) {
    RowEncoder encoder = new RowEncoder(encoding, spec.minLength().orElse(0), rule, nearest);
    try (SequenceWriter writer = store.writer()) {
      RowEncoder.Known known = data.encode(encoder, writer::add);
      return encoded(rule, nearest, omissions, known, writer.finish());
    }
  }

  private EncodedData encoded(
      SplitRule rule,
      Optional<TimeStep> nearest,
      Omissions omissions,
      RowEncoder.Known known,
      SequenceWriter.Rows rows) {
    EncodedData.Parts parts = rule.parts(rows.sequences());
    PartTally tally = known.sums().tally();
    Optional<Omissions.Unseen> unseen = unseen(known.labels(), tally);
    Splits.requireParts(tally, split, false, data.source());
    String horizon = encoding.timeSteps().horizon(encoding.horizon());
    Splits.requireTargets(tally, horizon, data.source());
    return new EncodedData(
            InputSpec.dense(encoding.features()),
            encoding.outputs(),
            parts,
            encoding,
            forecast(rows),
            known.spacing().spacing(encoding.timeSteps().common().or(() -> nearest)),
            omissions.with(unseen))
        .knowing(known.sums());
  }

  private Optional<Omissions.Unseen> unseen(LabelTally labels, PartTally parts) {
    if (encoding.labels().isEmpty()) {
      return Optional.empty();
    }
    Optional<Omissions.Unseen> unseen =
        new UnknownLabels(encoding, labels, true, data::file).check(spec.unknown());
    unseen.ifPresent(some -> Splits.requireKnown(parts, data.source()));
    return unseen;
  }

  /** Numeric targets in original units, by sequence; absent unless targets are values. */
  private Optional<Forecast> forecast(SequenceWriter.Rows rows) {
    return encoding.targetKind() == TargetKind.VALUE
        ? Optional.of(Forecast.reading(encoding, rows.series()))
        : Optional.empty();
  }
}

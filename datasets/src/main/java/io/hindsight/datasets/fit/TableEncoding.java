package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.chunks.ChunkBounds;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.chunks.TableFacts;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.LabelTally;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.UnknownLabels;
import io.hindsight.datasets.stored.SequenceWriter;
import io.hindsight.datasets.time.TimeBounds;
import io.hindsight.datasets.time.TimeStep;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes the sequences of a table that take part, and divides them.
 *
 * @param fitted whether the encoding is fitted to the table's own training part, or is a model's
 * @param split in place of that of {@code spec}
 * @param notes what a user should know of the columns
 */
record TableEncoding(
    TableData data,
    Encoding.Table encoding,
    boolean fitted,
    TableSpec spec,
    Split split,
    List<String> notes) {
  private static final Logger LOG = LoggerFactory.getLogger(TableEncoding.class);

  /**
   * What encoding starts from.
   *
   * @param nearest the step that comes nearest to a common one, where sequences have none
   * @param omissions the sequences that take no part
   * @param bounds of all that was read
   */
  record Start(
      SplitRule rule, Optional<TimeStep> nearest, Omissions omissions, TimeBounds bounds) {}

  /**
   * Encodes them.
   *
   * @param source what they were read from
   * @param store keeps what is encoded
   * @throws DataException of a value that cannot be encoded, of unknown labels, or of an empty part
   */
  EncodedData encode(Start start, SourceSnapshot source, DataStore store) {
    int minLength = spec.minLength().orElse(0);
    RowEncoder encoder = new RowEncoder(encoding, minLength, start.rule(), start.nearest());
    Optional<SharedStore> shared = store.shared(bytes(start));
    if (shared.isPresent()) {
      Optional<EncodedData> kept = share(start, encoder, source, shared.get(), store);
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    try (SequenceWriter writer = store.local().writer()) {
      RowEncoder.Known known = data.encode(encoder, writer::add);
      return facts(start, known).data(writer.finish()).withTimes(start.bounds());
    }
  }

  /**
   * Encodes them twice: what is known of all decides where each goes. Absent if shared storage
   * fails that nobody has asked for.
   */
  private Optional<EncodedData> share(
      Start start, RowEncoder encoder, SourceSnapshot source, SharedStore shared, DataStore store) {
    ChunkBounds.Builder rows = new ChunkBounds.Builder();
    TableFacts facts = facts(start, data.measure(encoder, rows::add));
    try {
      return Optional.of(
          shared
              .write(
                  facts,
                  source,
                  start.bounds(),
                  rows,
                  (bounds, folder) -> data.write(encoder, bounds, folder),
                  store.local())
              .data());
    } catch (Exception failure) { // Scala declares no checked exceptions
      boolean stopped = failure instanceof InterruptedException;
      if (store.always() || stopped || Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      LOG.warn("the driver keeps the encoded data itself: {}", failure.getMessage());
      return Optional.empty();
    }
  }

  /** What all rows take encoded, about: numeric targets are kept in original units, too. */
  private long bytes(Start start) {
    int targets = encoding.targets().size();
    long columns = encoding.features() + targets;
    columns += encoding.side().steps().size();
    columns += encoding.targetKind() == TargetKind.VALUE ? targets : 0;
    long steps = start.bounds().rows() + start.omissions().changes().inserted();
    return steps * columns * Double.BYTES;
  }

  private TableFacts facts(Start start, RowEncoder.Known known) {
    PartTally tally = known.sums().tally();
    Optional<Omissions.Unseen> unseen = unseen(known.labels(), tally);
    Splits.requireParts(tally, split, false, Optional.of(start.bounds()), data.source());
    String horizon = encoding.timeSteps().horizon(encoding.horizon().first());
    Splits.requireTargets(tally, horizon, data.source());
    return new TableFacts(
        encoding,
        tally,
        known.sums().fingerprint(encoding),
        start
            .omissions()
            .with(unseen)
            .with(known.categories().unknown())
            .withFilled(known.filled().filled()),
        known.spacing().spacing(encoding.timeSteps().common().or(start::nearest)),
        notes);
  }

  private Optional<Omissions.Unseen> unseen(LabelTally labels, PartTally parts) {
    if (encoding.labels().isEmpty()) {
      return Optional.empty();
    }
    Optional<Omissions.Unseen> unseen =
        new UnknownLabels(encoding, labels, fitted, data::file).check(spec.target());
    unseen.ifPresent(some -> Splits.requireKnown(parts, data.source()));
    return unseen;
  }
}

package io.hindsight.datasets.source;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.sequences.SequenceMapping;
import io.hindsight.datasets.source.ScoringEncoder.Labelled;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.split.TableEncoder;
import io.hindsight.datasets.windows.SequenceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Encodes sequences and divides them, one by one, in a task; what is left out has no part. */
final class SplitEncoder implements SequenceMapping<SplitSequence> {
  private static final long serialVersionUID = 1L;
  private static final SplitSequence NOTHING =
      new SplitSequence(new EncodedData.Parts(List.of(), List.of(), List.of()), Optional.empty());

  private final ScoringEncoder encoder;
  private final SplitRule rule;

  SplitEncoder(ScoringEncoder encoder, SplitRule rule) {
    this.encoder = encoder;
    this.rule = rule;
  }

  @Override
  public SplitSequence apply(RawSequence raw, Consumer<String> changed) {
    Labelled one = encoder.apply(raw, changed);
    if (one.whole() == null) {
      return NOTHING;
    }
    int length = one.whole().length(0);
    PartCuts cuts = rule.cuts(raw, one.encoder(), length);
    TableEncoder own = one.encoder().ownScaled(raw, length, cuts);
    SequenceList whole = own == one.encoder() ? one.whole() : own.steps(raw);
    SequenceList within = own.within(cuts, raw, whole);
    return new SplitSequence(Splits.at(within, index -> cuts), own.forecast(List.of(raw)));
  }
}

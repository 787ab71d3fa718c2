package io.hindsight.datasets.source;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.sequences.SequencePartitions.Mapping;
import io.hindsight.datasets.source.ScoringEncoder.Labelled;
import io.hindsight.datasets.split.SplitRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Encodes sequences and divides them, one by one, in a task; what is left out has no part. */
final class SplitEncoder implements Mapping<SplitSequence> {
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
    return one.whole() == null
        ? NOTHING
        : new SplitSequence(
            rule.parts(raw, one.encoder(), one.whole()), one.encoder().forecast(List.of(raw)));
  }
}

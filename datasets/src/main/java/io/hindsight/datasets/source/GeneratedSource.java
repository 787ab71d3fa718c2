package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.generators.GeneratedTask;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.split.Splits;
import io.hindsight.kernels.batch.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sequences of a generated task, split by id. */
final class GeneratedSource implements SequenceSource {
  private final GeneratorSpec spec;
  private final Split split;
  private final long seed;
  private final GeneratedTask task;

  GeneratedSource(GeneratorSpec spec, Split split, long seed) {
    this.spec = spec;
    this.split = split;
    this.seed = seed;
    this.task = task(spec);
  }

  @Override
  public EncodedData fit() {
    return encode(true);
  }

  /** A task's encoding is the task itself, whatever the length. */
  @Override
  public EncodedData keep(Encoding stored) {
    requireSameTask(stored);
    return encode(true);
  }

  @Override
  public EncodedData apply(Encoding stored) {
    requireSameTask(stored);
    return encode(false);
  }

  @Override
  public EncodedInputs inputs(Encoding stored) {
    requireSameTask(stored);
    return EncodedInputs.of(sequences(), Omissions.none(sequences().size()));
  }

  private EncodedData encode(boolean needsTraining) {
    EncodedData.Parts parts = Splits.byId(sequences(), split, seed);
    Splits.requireParts(
        PartTally.of(parts),
        split,
        needsTraining,
        Optional.empty(),
        "generator '" + spec.name() + "'");
    return new EncodedData(task.input(), task.outputs(), parts, encoding(), Optional.empty());
  }

  private List<Sequence> sequences() {
    if (spec.sequences() < 1) {
      throw new DataException(
          "a generator must make at least 1 sequence",
          Integer.toString(spec.sequences()),
          "data.sequences",
          "ask for more");
    }
    return IntStream.range(0, spec.sequences()).mapToObj(i -> task.sequence(seed, i)).toList();
  }

  private Encoding.Generated encoding() {
    return new Encoding.Generated(
        spec.name(), spec.length(), spec.symbols(), spec.horizon(), task.targetKind());
  }

  private void requireSameTask(Encoding stored) {
    if (!(stored instanceof Encoding.Generated known) || !known.name().equals(spec.name())) {
      throw OtherKind.of("generator '" + spec.name() + "'", stored);
    }
  }

  private static GeneratedTask task(GeneratorSpec spec) {
    try {
      return GeneratedTask.of(spec.name(), spec.length(), spec.symbols(), spec.horizon());
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "a generator needs a known name and numbers in range",
          e.getMessage(),
          "data.name " + DataException.quote(spec.name()),
          "correct the data section",
          e);
    }
  }
}

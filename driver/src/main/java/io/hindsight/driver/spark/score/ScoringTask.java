package io.hindsight.driver.spark.score;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.encoded.TrainingSteps;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.engine.KernelLog;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.PartScorer;
import io.hindsight.driver.score.ScoreRule;
import io.hindsight.driver.spark.codec.ModelMessage;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a task does: scores the sequences of its partition, some at a time, so that eight windows
 * can be computed together and not all need be held.
 *
 * @param part of which sequences are scored
 * @param methods simple forecasts; null where nothing is forecast
 * @param rule what is summed beside the usual figures
 */
record ScoringTask(
    Broadcast<ModelMessage> model, Part part, BaselineMethods methods, ScoreRule rule)
    implements Summing<SplitSequence, PartScore> {
  private static final int MOST_STEPS = 1 << 15; // after which no further sequence is taken
  private static final int MOST_SEQUENCES = 1 << 10;

  @Override
  public PartScore of(Iterator<SplitSequence> partition) {
    KernelLog.writeOnce();
    AnsweringModel of = model.value().model();
    PartScorer scorer =
        new PartScorer(
            of.network(),
            of.encoding(),
            of.packed(),
            of.bptt(),
            Optional.ofNullable(methods),
            rule);
    PartScore sums = scorer.none();
    while (partition.hasNext()) {
      List<SplitSequence> some = take(partition);
      scorer.add(sums, sequences(some), forecast(some));
    }
    return sums;
  }

  private Optional<Forecast> forecast(List<SplitSequence> some) {
    return Forecast.of(some.stream().flatMap(one -> one.forecast().stream()).toList())
        .map(truth -> truth.withTraining(TrainingSteps.of(some, rule.ofSeason())));
  }

  private List<SplitSequence> take(Iterator<SplitSequence> partition) {
    List<SplitSequence> taken = new ArrayList<>();
    long steps = 0;
    while (steps < MOST_STEPS && taken.size() < MOST_SEQUENCES && partition.hasNext()) {
      SplitSequence one = partition.next();
      if (!one.parts().of(part).isEmpty()) {
        taken.add(one);
        steps += steps(one.parts().of(part));
      }
    }
    return taken;
  }

  private static long steps(SequenceList some) {
    return IntStream.range(0, some.size()).mapToLong(some::length).sum();
  }

  /** Of one long sequence a list that need not hold it. */
  private List<Sequence> sequences(List<SplitSequence> some) {
    return some.size() == 1
        ? some.get(0).parts().of(part)
        : some.stream().flatMap(one -> one.parts().of(part).stream()).toList();
  }
}

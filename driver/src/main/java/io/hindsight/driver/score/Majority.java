package io.hindsight.driver.score;

import io.hindsight.driver.data.RunData;
import io.hindsight.driver.score.kind.MedianClass;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The answer that needs no input: always the most frequent class of the training part (of equals,
 * the first), the labels that more than half of its targets have, or no label for a string of them.
 * Of classes that have an order the median one is known, too, whose rank errors are the smallest. A
 * network that is not right more often has learned nothing of its inputs.
 *
 * @param outputs the class's id, with an order then the median class's; or the positions of the
 *     labels, ascending; none for a string
 */
public record Majority(List<Integer> outputs) {
  /** Names the answer in a model's metadata, where it stays when the training data is gone. */
  public static final String KEY = "training_majority";

  public Majority {
    outputs = List.copyOf(outputs);
  }

  /** Counts a run's training part; absent for values. */
  public static Optional<Majority> of(RunData data) {
    OutputSpec output = data.spec().output();
    return switch (output.loss()) {
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON ->
          Optional.empty();
      case SOFTMAX_CROSS_ENTROPY -> Optional.of(mostFrequent(counts(data, output)));
      case BINARY_CROSS_ENTROPY -> Optional.of(moreThanHalf(counts(data, output), targets(data)));
      case CTC -> Optional.of(new Majority(List.of()));
      case CUMULATIVE_LOGITS -> Optional.of(withMedian(counts(data, output)));
    };
  }

  /** The answer that {@link #text} wrote; absent if a model has none. */
  public static Optional<Majority> parse(String text) {
    return Optional.ofNullable(text)
        .map(
            written ->
                new Majority(
                    Arrays.stream(written.split(" "))
                        .filter(output -> !output.isEmpty())
                        .map(Integer::valueOf)
                        .toList()));
  }

  /** The outputs, separated by blanks. */
  public String text() {
    return outputs.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** Whether a network with this output may have such an answer. */
  public boolean fits(OutputSpec output) {
    return switch (output.loss()) {
      case SOFTMAX_CROSS_ENTROPY -> outputs.size() == 1;
      case CUMULATIVE_LOGITS -> outputs.size() == 2;
      default -> true;
    };
  }

  /** Mean rank error of always answering the median class; NaN where classes have no order. */
  double rankError(Scores scores) {
    return scores.kind().rankErrorAlways(outputs);
  }

  /** Share of the scored classes, or labels, that this answer has right. */
  double accuracy(Scores scores) {
    return scores.kind().rightAlways(outputs);
  }

  /** Of two classes the other one, which training saw less often; absent unless there are two. */
  OptionalInt other(OutputSpec output) {
    boolean two = output.loss() == OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY && output.size() == 2;
    return two ? OptionalInt.of(1 - outputs.get(0)) : OptionalInt.empty();
  }

  private static Majority mostFrequent(long[] counts) {
    int most = 0;
    for (int c = 1; c < counts.length; c++) {
      most = counts[c] > counts[most] ? c : most;
    }
    return new Majority(List.of(most));
  }

  private static Majority withMedian(long[] counts) {
    return new Majority(List.of(mostFrequent(counts).outputs().get(0), MedianClass.of(counts)));
  }

  private static Majority moreThanHalf(long[] counts, long targets) {
    return new Majority(
        IntStream.range(0, counts.length).filter(o -> 2 * counts[o] > targets).boxed().toList());
  }

  /** Training targets of each class, or that have each label // (O). */
  private static long[] counts(RunData data, OutputSpec output) {
    long[] counts = new long[output.size()];
    for (Window whole : data.training()) {
      for (int t = data.firstScored(whole); t < whole.steps(); t++) {
        if (whole.isScored(t)) {
          count(whole.sequence(), t, counts);
        }
      }
    }
    return counts;
  }

  private static void count(Sequence sequence, int t, long[] counts) {
    if (sequence.classes() != null) {
      counts[sequence.classes()[t]]++;
      return;
    }
    for (int o = 0; o < counts.length; o++) {
      counts[o] += sequence.targets()[t * counts.length + o] >= 0.5 ? 1 : 0;
    }
  }

  private static long targets(RunData data) {
    long targets = 0;
    for (Window whole : data.training()) {
      for (int t = data.firstScored(whole); t < whole.steps(); t++) {
        targets += whole.isScored(t) ? 1 : 0;
      }
    }
    return targets;
  }
}

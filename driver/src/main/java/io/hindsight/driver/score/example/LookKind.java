package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import java.util.List;
import java.util.Optional;

/** What is looked at in answers of one kind. */
interface LookKind {
  /**
   * Of a network's answers; absent for several labels at once and for label strings, which have no
   * one error of a step.
   */
  static Optional<LookKind> of(RunData data) {
    OutputSpec output = RecursiveOutput.of(data.spec().output(), data.encoded().encoding());
    return switch (output.loss()) {
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON ->
          Optional.of(new ValueKind(output, data.encoded().forecast()));
      case SOFTMAX_CROSS_ENTROPY, CUMULATIVE_LOGITS ->
          Optional.of(new ClassKind(output, data.encoded().encoding()));
      case BINARY_CROSS_ENTROPY, CTC -> Optional.empty();
    };
  }

  /** The name of the errors. */
  String errorName();

  /** Numbers that are held of a step. */
  int width();

  /** The mean error of targets that sum up to this. */
  double error(double sum, long targets);

  /** Nothing yet of a sequence. */
  Look look(Sequence sequence);

  /** No steps yet of a sequence that is to be shown. */
  Points points();

  /** Adds what all sequences tell together, which come in the order of their ids. */
  void put(ObjectNode root, List<Sample> all);
}

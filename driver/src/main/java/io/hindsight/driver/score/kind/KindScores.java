package io.hindsight.driver.score.kind;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Sums over scored targets of one kind. They are exact, so however the targets are divided what
 * follows from them has the same bits.
 */
public sealed interface KindScores extends Mergeable<KindScores>
    permits ValueScores, ClassScores, LabelScores, StringScores {
  /**
   * Of nothing yet.
   *
   * @param forecast decodes values to original units; absent leaves the network's units
   * @param further whether what is not needed for the usual figures is summed, too
   */
  static KindScores of(OutputSpec output, Optional<Forecast> forecast, boolean further) {
    int size = output.size();
    return switch (output.loss()) {
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON ->
          new ValueScores(output, forecast, further);
      case SOFTMAX_CROSS_ENTROPY ->
          new ClassScores(size, further, further || !output.options().arePlain());
      case CUMULATIVE_LOGITS -> ClassScores.ordered(size, further);
      case BINARY_CROSS_ENTROPY ->
          new LabelScores(size, further, further || !output.options().arePlain());
      case CTC -> new StringScores(size);
    };
  }

  /**
   * Adds the answer of one step.
   *
   * @param outputs as the network gives them // (E·P), or (O) probabilities
   * @param also who else is told of it
   */
  void add(Sequence sequence, int step, double[] outputs, List<ScoredTargets> also);

  /** Adds the usual figures: errors, or how often answers are right. */
  void putUsual(SortedMap<String, Double> metrics);

  /**
   * Adds further figures.
   *
   * @param known what training has told of its classes
   */
  void putFurther(SortedMap<String, Double> metrics, TrainedClasses known);

  /**
   * Share of answers that are right if they are always the same; NaN for values.
   *
   * @param outputs the class, or the labels, or none for a label string
   */
  double rightAlways(List<Integer> outputs);

  /**
   * Mean rank error of always the same answer; NaN unless targets are classes of an order.
   *
   * @param outputs the most frequent class of training, then its median
   */
  default double rankErrorAlways(List<Integer> outputs) {
    return Double.NaN;
  }

  /**
   * The mean of −log p of the true class or label, without weights, label smoothing and focal form;
   * NaN for other targets, and where neither further figures were asked for nor the loss is
   * another.
   */
  default double logLoss() {
    return Double.NaN;
  }

  /** How well each class or label is told // (O); empty for others. */
  default List<ClassFigures> figures() {
    return List.of();
  }

  /** Targets by true class (row) and answer (column) // (O, O); empty unless they are classes. */
  default List<List<Long>> confusion() {
    return List.of();
  }

  /**
   * The errors of each target column, at all horizons; empty unless targets are values.
   *
   * @param columns O
   */
  default List<TargetErrors> errors(int columns) {
    return List.of();
  }

  /** The errors at each of several horizons, nearest first; empty for others. */
  default List<HorizonErrors> byHorizon() {
    return List.of();
  }
}

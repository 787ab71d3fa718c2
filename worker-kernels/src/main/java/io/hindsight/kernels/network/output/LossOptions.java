package io.hindsight.kernels.network.output;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a loss can be told beyond its name; which of it fits a loss is said where the two meet.
 *
 * @param quantiles the shares of targets that should be below each answer, in (0, 1), ascending; of
 *     the loss of a distribution those that are answered of it. Empty for other losses
 * @param elementWeights what the loss of each of the E elements of a target counts, at least 0 and
 *     not all 0; empty where all count 1
 * @param positiveWeights what the part of each element's loss counts that its label has, above 0;
 *     empty where it counts as much as that of a label that is not there
 * @param elementScales s > 0: what the mean of the count of each of the E elements is a multiple
 *     of, such as its mean in the training part; empty where all are 1
 * @param labelSmoothing ε in [0, 1): a class's target is 1 − ε + ε/C, that of the others ε/C
 *     (Szegedy et al.: <i>Rethinking the Inception Architecture</i>, CVPR 2016); 0 without
 * @param focalGamma γ ≥ 0: the loss of a class is multiplied by (1 − p)^γ (Lin et al.: <i>Focal
 *     Loss for Dense Object Detection</i>, ICCV 2017); 0 without
 * @param margins by which the intervals between quantiles are widened; absent where they are left
 *     as they are
 */
public record LossOptions(
    List<Double> quantiles,
    List<Double> elementWeights,
    List<Double> positiveWeights,
    List<Double> elementScales,
    double labelSmoothing,
    double focalGamma,
    Optional<Margins> margins) {
  /** Nothing beyond the name. */
  public static final LossOptions NONE = new LossOptions(List.of(), List.of(), 0, 0);

  public LossOptions {
    quantiles = List.copyOf(quantiles);
    elementWeights = List.copyOf(elementWeights);
    positiveWeights = List.copyOf(positiveWeights);
    elementScales = List.copyOf(elementScales);
    requireQuantiles(quantiles);
    requireWeights(elementWeights);
    requirePositive("weights of labels", positiveWeights);
    requirePositive("scales of elements", elementScales);
    if (margins.isPresent()) {
      Margins.requirePairs(quantiles);
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be at least 0 and below 1, but is " + labelSmoothing);
    }
    if (!(focalGamma >= 0 && focalGamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the focal gamma must be a number of at least 0, but is " + focalGamma);
    }
    labelSmoothing += 0.0; // of two zeros only one, so that equal options have equal bits
    focalGamma += 0.0;
  }

  /** Without weights of labels, scales or margins. */
  public LossOptions(
      List<Double> quantiles,
      List<Double> elementWeights,
      double labelSmoothing,
      double focalGamma) {
    this(
        quantiles,
        elementWeights,
        List.of(),
        List.of(),
        labelSmoothing,
        focalGamma,
        Optional.empty());
  }

  /** With these quantiles and nothing else. */
  public static LossOptions ofQuantiles(List<Double> quantiles) {
    return new LossOptions(quantiles, List.of(), 0, 0);
  }

  /** The same with a weight for each element of a target. */
  public LossOptions withElementWeights(List<Double> weights) {
    return with(weights, positiveWeights, elementScales, margins);
  }

  /** The same with a weight for each label that is there. */
  public LossOptions withPositiveWeights(List<Double> weights) {
    return with(elementWeights, weights, elementScales, margins);
  }

  /** The same with a scale for each element of a target. */
  public LossOptions withElementScales(List<Double> scales) {
    return with(elementWeights, positiveWeights, scales, margins);
  }

  /** The same with margins of its intervals. */
  public LossOptions withMargins(Margins other) {
    return with(elementWeights, positiveWeights, elementScales, Optional.of(other));
  }

  private LossOptions with(
      List<Double> weights, List<Double> positive, List<Double> scales, Optional<Margins> widened) {
    return new LossOptions(
        quantiles, weights, positive, scales, labelSmoothing, focalGamma, widened);
  }

  /** The same of several steps ahead, each of which has the elements of one. */
  public LossOptions ahead(int steps) {
    return with(
        repeated(elementWeights, steps),
        repeated(positiveWeights, steps),
        repeated(elementScales, steps),
        margins);
  }

  private static List<Double> repeated(List<Double> each, int times) {
    return Collections.nCopies(times, each).stream().flatMap(List::stream).toList();
  }

  /** Whether the loss of a target is what its name says. */
  public boolean arePlain() {
    return elementWeights.isEmpty()
        && positiveWeights.isEmpty()
        && labelSmoothing == 0
        && focalGamma == 0;
  }

  /** How many pairs of quantiles are as far from 0 as from 1; the i-th and the i-th last. */
  public int pairs() {
    return quantiles.size() / 2;
  }

  private static void requirePositive(String what, List<Double> numbers) {
    if (!numbers.stream().allMatch(x -> x > 0 && x < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be numbers above 0, but are " + numbers);
    }
  }

  private static void requireQuantiles(List<Double> quantiles) {
    double last = 0;
    for (double quantile : quantiles) {
      if (!(quantile > last && quantile < 1)) {
        throw new IllegalArgumentException(
            "quantiles must ascend between 0 and 1, but are " + quantiles);
      }
      last = quantile;
    }
  }

  private static void requireWeights(List<Double> weights) {
    boolean fit = weights.stream().allMatch(w -> w >= 0 && w < Double.POSITIVE_INFINITY);
    boolean any = weights.isEmpty() || weights.stream().anyMatch(w -> w > 0);
    if (!fit || !any) {
      throw new IllegalArgumentException(
          "weights of elements must be numbers of at least 0 and not all 0, but are " + weights);
    }
  }
}

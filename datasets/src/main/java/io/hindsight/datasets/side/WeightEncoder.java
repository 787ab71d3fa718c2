package io.hindsight.datasets.side;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.encoding.LabelIndex;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.kernels.batch.Sequence;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Gives the targets of sequences their weights: that of the target's row times that of its class.
 */
public final class WeightEncoder {
  private final boolean areNone;
  private final double[] classes; // (C), or empty if classes count alike

  /**
   * By the weights of an encoding.
   *
   * @param labels its classes; absent where targets are numbers, or any number of labels, whose
   *     weights the loss itself has
   */
  public WeightEncoder(TargetWeights weights, Optional<Labels> labels) {
    areNone = !weights.ofRows() && (labels.isEmpty() || !weights.ofClasses());
    int count = weights.ofClasses() ? labels.map(Labels::size).orElse(0) : 0;
    classes = new double[count];
    Arrays.fill(classes, 1);
    labels
        .map(LabelIndex::new)
        .ifPresent(
            index -> weights.classes().forEach((name, weight) -> set(index.of(name), weight)));
  }

  private void set(int classId, double weight) {
    if (classId >= 0 && classId < classes.length) {
      classes[classId] = weight;
    }
  }

  /**
   * The same sequence with the weights of its targets.
   *
   * @param targetRow the row that holds the target of a step; −1 if there is none
   */
  public Sequence addTo(Sequence targeted, RawSequence raw, IntUnaryOperator targetRow) {
    if (areNone) {
      return targeted;
    }
    double[] all = new double[targeted.length()];
    for (int t = 0; t < all.length; t++) {
      int row = targetRow.applyAsInt(t);
      all[t] = row < 0 ? 1 : raw.side().weights().of(row) * ofClass(targeted, t);
    }
    return targeted.withWeights(all);
  }

  private double ofClass(Sequence targeted, int step) {
    int classId = classes.length == 0 ? Sequence.NO_CLASS : targeted.classes()[step];
    return classId == Sequence.NO_CLASS ? 1 : classes[classId];
  }
}

package io.hindsight.datasets.scale;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;

/**
 * What the numbers of a step are scaled by: what the encoding says, or, where that is of windows,
 * the scale of the step's own row, which no row behind it changes.
 */
public final class RowScales {
  private final Encoding.Table encoding;
  private final double[] inputs; // (N, 2, C), or null
  private final double[] targets; // (N, 2, O), or null
  private final double[] means; // (N, C), or null

  private RowScales(Encoding.Table encoding, double[] inputs, double[] targets, double[] means) {
    this.encoding = encoding;
    this.inputs = inputs;
    this.targets = targets;
    this.means = means;
  }

  /** The same at all rows. */
  public static RowScales same(Encoding.Table encoding) {
    return new RowScales(encoding, null, null, null);
  }

  /**
   * Of the rows of a sequence, each by the window that ends with it. As long as nothing of a column
   * is known, an input, which then is filled, is 0 to the network, and a target is missing.
   */
  public static RowScales windows(Encoding.Table encoding, RawSequence raw) {
    WindowScale window = new WindowScale(raw, encoding.scaleBy().window());
    Scaling ofInputs = encoding.inputScaling();
    double[] read = ofInputs.transform(raw, raw.inputs()).toArray();
    boolean scalesTargets = encoding.targetKind() == TargetKind.VALUE && raw.numbers() != null;
    return new RowScales(
        encoding,
        window.scale(ofInputs, read, encoding.difference(), c -> filled(encoding, c)),
        scalesTargets
            ? window.scale(
                encoding.targetScaling().orElseThrow(),
                encoding.targetScaling().orElseThrow().transform(raw, raw.numbers()).toArray(),
                encoding.answersChanges(),
                o -> Sequence.NO_VALUE)
            : null,
        encoding.filling().isNone() ? null : window.means(read, ofInputs.size()));
  }

  /** What is read of an input, or of its changes, before any value is known. */
  private static double filled(Encoding.Table encoding, int column) {
    boolean isFilled = !encoding.difference() && !encoding.filling().isNone();
    return isFilled ? encoding.filling().numbers().get(column).mean() : 0;
  }

  /** The scale of an input at a step whose row this is. */
  public Scaling.Column input(int row, int column) {
    Scaling scaling = encoding.inputScaling();
    return TargetSeries.scaled(scaling.column(column), inputs, scaling.size(), row, column);
  }

  /** The scale of a target of a step whose row this is. */
  public Scaling.Column target(int row, int output) {
    Scaling scaling = encoding.targetScaling().orElseThrow();
    return TargetSeries.scaled(scaling.column(output), targets, scaling.size(), row, output);
  }

  /**
   * Fills what is missing; where nothing is to be filled, the values are not copied.
   *
   * @param values of the sequence's inputs, transformed, and of rows behind it // (N + A, C)
   */
  public RowNumbers filled(RowNumbers values) {
    Filling filling = encoding.filling();
    if (!filling.isFitted()) {
      return values;
    }
    double[] filled = values.toArray();
    if (means == null) {
      filling.fill(filled);
    } else {
      int width = encoding.inputScaling().size();
      int last = means.length / width - 1;
      filling.fill(filled, (row, c) -> means[Math.min(row, last) * width + c]);
    }
    return RowNumbers.of(filled);
  }

  /**
   * The scale of the targets: shifts, then divisors // (2, O), or the same of each row // (N, 2,
   * O); null if it is that of the table.
   */
  public double[] ofTargets() {
    return switch (encoding.scaleBy().kind()) {
      case TABLE -> null;
      case SEQUENCE -> OwnScale.ofTargets(encoding);
      case WINDOW -> targets;
    };
  }
}

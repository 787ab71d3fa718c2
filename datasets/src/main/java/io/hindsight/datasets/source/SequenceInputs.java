package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.TargetKind;
import java.io.Serializable;
import java.util.List;

/** Encodes sequences of new data to predict from, one by one, in a task that knows of no others. */
public final class SequenceInputs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputEncoder encoder;
  private final GridRows grid; // null where rows may lie anywhere
  private final int width; // I: numbers of a step

  /**
   * By a model.
   *
   * @param minLength steps that a sequence must have; 0 where none are asked for
   */
  public SequenceInputs(Encoding.Table encoding, int minLength) {
    encoder = new InputEncoder(encoding, minLength);
    grid = GridRows.of(encoding.timeSteps().inputs()).orElse(null);
    width = encoding.inputScaling().size();
  }

  /**
   * The columns to predict from; target columns are among them where changes are answered, for the
   * present value, and where a sequence, or each of its rows, is scaled by its own.
   */
  public static ReadColumns columns(Encoding.Table encoding) {
    boolean scalesTargets =
        !encoding.scaleBy().isTable() && encoding.targetKind() == TargetKind.VALUE;
    return encoding.answersChanges() || scalesTargets
        ? encoding.columns().withTargets(encoding.targets())
        : encoding.columns().withTargets(List.of());
  }

  /**
   * A sequence on the grid of the model, if that has one.
   *
   * @throws DataException if it does not lie on it as it must
   */
  public RawSequence onGrid(RawSequence raw) {
    return grid == null ? raw : grid.apply(raw);
  }

  /**
   * Encodes a sequence of the grid, or leaves it out.
   *
   * @throws DataException if it has other inputs than the model, or one that cannot be encoded
   */
  public EncodedInput of(RawSequence raw) {
    if (raw.hasValues() && raw.length() > 0 && raw.inputs().length() != raw.length() * width) {
      throw TableRules.otherWidth(
          "input", raw.inputs().length() / raw.length(), width, raw.place());
    }
    return encoder.apply(raw, constant -> {});
  }
}

package io.hindsight.datasets.sequences.pieces;

import io.hindsight.datasets.AlikeTexts;
import io.hindsight.datasets.FutureRows;
import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.steps.StepValues;
import io.hindsight.datasets.stored.NumbersWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Puts together one sequence that has begun, step by step. */
final class SequenceParts {
  private final String id;
  private final TablePlace place; // null if its steps are rows
  private final PieceTexts texts;
  private final AlikeTexts.Builder times = new AlikeTexts.Builder();
  private final NumbersWriter inputs;
  private final NumbersWriter numbers;
  private final List<String> labels = new ArrayList<>();
  private final PackedTexts.Builder kept = new PackedTexts.Builder();
  private final SideParts side;
  private boolean hasTimes;
  private boolean hasInputs;
  private boolean hasNumbers;
  private boolean keeps;
  private int length;
  private int ahead; // of the last rows, those of which only what is known ahead has values

  SequenceParts(String id, TablePlace place, PieceTexts texts, int held) {
    this.id = id;
    this.place = place;
    this.texts = texts;
    inputs = new NumbersWriter(held);
    numbers = new NumbersWriter(held);
    side = new SideParts(texts);
  }

  String id() {
    return id;
  }

  TablePlace place() {
    return place;
  }

  /** Takes the next step, as {@link PieceWriter#step} writes it. */
  void addStep(ByteBuffer bytes) {
    int time = bytes.getInt();
    if (time >= 0) {
      times.add(bytes, time);
      hasTimes = true;
    }
    int there = bytes.getShort();
    ahead = (there & StepValues.AHEAD) != 0 ? ahead + 1 : 0;
    hasInputs |= add(bytes, there & StepValues.INPUTS, inputs);
    hasNumbers |= add(bytes, there & StepValues.NUMBERS, numbers);
    if ((there & StepValues.LABEL) != 0) {
      labels.add(texts.next(bytes));
    }
    if ((there & StepValues.CATEGORIES) != 0) {
      side.addCategories(bytes, bytes.getInt());
    }
    if ((there & StepValues.FIXED) != 0) {
      side.addFixed(bytes, bytes.getInt(), length);
    }
    if ((there & StepValues.WEIGHT) != 0) {
      side.addWeight(bytes, bytes.getInt());
    }
    if ((there & StepValues.RANK) != 0) {
      side.addRank(bytes, bytes.getInt());
    }
    if ((there & StepValues.KEPT) != 0) {
      addKept(bytes);
    }
    length++;
  }

  private static boolean add(ByteBuffer bytes, int there, NumbersWriter to) {
    if (there != 0) {
      to.add(bytes, bytes.getInt());
    }
    return there != 0;
  }

  /** Takes the cells that are handed on, of a step or of the row that holds the sequence. */
  void addKept(ByteBuffer bytes) {
    int size = bytes.getInt();
    if (size >= 0) {
      kept.add(bytes, size);
      keeps = true;
    }
  }

  /**
   * The whole sequence.
   *
   * @param file where it was read
   * @param merged rows that are in it as others of the same time
   */
  RawSequence build(Supplier<String> file, int merged) {
    RawRows rows =
        new RawRows(
            hasTimes ? times.build() : List.of(),
            hasInputs ? inputs.finish() : null,
            hasNumbers ? numbers.finish() : null,
            labels.isEmpty() ? null : labels,
            length,
            keeps ? kept.build() : List.of(),
            side.build());
    return FutureRows.cut(new RawSequence(id, file, rows).withMerged(merged), ahead);
  }
}

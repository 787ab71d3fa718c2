package io.hindsight.datasets.sequences.pieces;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.columns.PartsOfRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RawSide.Change;
import io.hindsight.datasets.columns.RawSide.Fixed;
import io.hindsight.datasets.columns.RowWeights;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Puts together what a sequence has beside its inputs, from the bytes of its steps. */
final class SideParts {
  private final PieceTexts texts;
  private final List<String> categories = new ArrayList<>();
  private final Doubles weights = new Doubles();
  private final ByteArrayOutputStream ranks = new ByteArrayOutputStream();
  private ByteBuffer first; // what is of the sequence, at the first step that tells; or null
  private Fixed fixed = RawSide.NONE.fixed();
  private Change change; // null if there is none

  SideParts(PieceTexts texts) {
    this.texts = texts;
  }

  /** Takes the categories of the next step: the next {@code length} bytes. */
  void addCategories(ByteBuffer bytes, int length) {
    readTexts(bytes, bytes.position() + length, categories);
  }

  /** Takes what a step has of the whole sequence: the next {@code length} bytes. */
  void addFixed(ByteBuffer bytes, int length, int row) {
    ByteBuffer own = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    if (first == null) {
      first = own;
      fixed = fixed(own.duplicate());
    } else if (change == null && !own.equals(first)) {
      Fixed other = fixed(own.duplicate());
      change = other.equals(fixed) ? null : new Change(row, other);
    }
  }

  private Fixed fixed(ByteBuffer bytes) {
    List<Double> numbers = new ArrayList<>();
    for (int count = bytes.getInt(); count > 0; count--) {
      numbers.add(bytes.getDouble() + 0.0); // −0 is 0
    }
    List<String> names = new ArrayList<>();
    readTexts(bytes, bytes.limit(), names);
    return new Fixed(numbers, names);
  }

  private void readTexts(ByteBuffer bytes, int end, List<String> to) {
    while (bytes.position() < end) {
      to.add(texts.next(bytes));
    }
  }

  /** Takes how much the target of the next step counts: the next {@code length} bytes. */
  void addWeight(ByteBuffer bytes, int length) {
    weights.addBytes(bytes, length);
  }

  /** Takes which part the next step belongs to: the next {@code length} bytes. */
  void addRank(ByteBuffer bytes, int length) {
    for (int i = 0; i < length; i++) {
      ranks.write(bytes.get());
    }
  }

  RawSide build() {
    return first == null && categories.isEmpty() && weights.size() == 0 && ranks.size() == 0
        ? RawSide.NONE
        : new RawSide(
            Collections.unmodifiableList(categories),
            fixed,
            Optional.ofNullable(change),
            new RowWeights(weights.toArray()),
            new PartsOfRows(ranks.toByteArray()));
  }
}

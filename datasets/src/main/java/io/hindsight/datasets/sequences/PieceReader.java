package io.hindsight.datasets.sequences;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.FutureRows;
import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.steps.StepValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts sequences together from the pieces that a {@link PieceWriter} wrote, those of each in their
 * order.
 */
final class PieceReader {
  /**
   * A sequence and the row that held it.
   *
   * @param place null if its steps were rows
   */
  record Read(TablePlace place, RawSequence sequence) {}

  private final Function<String, Supplier<String>> files; // by id, where there is no place
  private final Map<String, String> texts = new HashMap<>(); // so that each is kept once
  private final Map<String, Parts> begun = new HashMap<>(); // by id
  private Parts parts; // of the sequence of the piece

  /**
   * Reads pieces.
   *
   * @param files where a sequence was read, by its id, if its pieces do not tell
   */
  PieceReader(Function<String, Supplier<String>> files) {
    this.files = files;
  }

  /** Takes the next piece; gives the sequence that ends with it. */
  Optional<Read> accept(byte[] piece) {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    String id = text(bytes);
    TablePlace place = place(bytes);
    parts = begun.computeIfAbsent(id, same -> new Parts(id, place, texts));
    if (place != null) {
      keep(bytes);
    }
    while (true) {
      switch (bytes.get()) {
        case PieceWriter.STEP -> step(bytes);
        case PieceWriter.NEXT_PIECE -> {
          return Optional.empty();
        }
        default -> {
          return Optional.of(read(bytes.getInt()));
        }
      }
    }
  }

  private static TablePlace place(ByteBuffer bytes) {
    return bytes.get() == 0
        ? null
        : new TablePlace(text(bytes), bytes.getLong(), bytes.getLong(), bytes.get() != 0);
  }

  private void step(ByteBuffer bytes) {
    int time = bytes.getInt();
    if (time >= 0) {
      parts.times.add(bytes, time);
      parts.hasTimes = true;
    }
    int there = bytes.get();
    parts.ahead = (there & StepValues.AHEAD) != 0 ? parts.ahead + 1 : 0;
    parts.hasInputs |= add(bytes, there & StepValues.INPUTS, parts.inputs);
    parts.hasNumbers |= add(bytes, there & StepValues.NUMBERS, parts.numbers);
    if ((there & StepValues.LABEL) != 0) {
      parts.labels.add(texts.computeIfAbsent(text(bytes), same -> same));
    }
    if ((there & StepValues.CATEGORIES) != 0) {
      parts.side.addCategories(bytes, bytes.getInt());
    }
    if ((there & StepValues.FIXED) != 0) {
      parts.side.addFixed(bytes, bytes.getInt(), parts.length);
    }
    if ((there & StepValues.WEIGHT) != 0) {
      parts.side.addWeight(bytes, bytes.getInt());
    }
    if ((there & StepValues.KEPT) != 0) {
      keep(bytes);
    }
    parts.length++;
  }

  private void keep(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length >= 0) {
      parts.kept.add(bytes, length);
      parts.keeps = true;
    }
  }

  private static boolean add(ByteBuffer bytes, int there, Doubles to) {
    if (there != 0) {
      to.addBytes(bytes, bytes.getInt());
    }
    return there != 0;
  }

  private Read read(int merged) {
    Parts ended = begun.remove(parts.id);
    TablePlace place = ended.place;
    RawSequence sequence =
        new RawSequence(
            ended.id,
            place == null ? files.apply(ended.id) : place::file,
            ended.hasTimes ? ended.times.build() : List.of(),
            ended.hasInputs ? ended.inputs.toArray() : null,
            ended.hasNumbers ? ended.numbers.toArray() : null,
            ended.labels.isEmpty() ? null : ended.labels,
            ended.length,
            ended.keeps ? ended.kept.build() : List.of(),
            ended.side.build());
    return new Read(place, FutureRows.cut(sequence.withMerged(merged), ended.ahead));
  }

  private static String text(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 0) {
      return null;
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** What is known of a sequence that has begun. */
  private static final class Parts {
    final String id;
    final TablePlace place;
    final PackedTexts.Builder times = new PackedTexts.Builder();
    final Doubles inputs = new Doubles();
    final Doubles numbers = new Doubles();
    final List<String> labels = new ArrayList<>();
    final PackedTexts.Builder kept = new PackedTexts.Builder();
    final SideParts side;
    boolean hasTimes;
    boolean hasInputs;
    boolean hasNumbers;
    boolean keeps;
    int length;
    int ahead; // of the last rows, those of which only what is known ahead has values

    Parts(String id, TablePlace place, Map<String, String> texts) {
      this.id = id;
      this.place = place;
      this.side = new SideParts(texts);
    }
  }
}

package io.hindsight.datasets.sequences;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.rows.TablePlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts sequences together from the pieces that a {@link PieceWriter} wrote, in their order. */
final class PieceReader {
  /**
   * A sequence and the row that held it.
   *
   * @param place null if its steps were rows
   */
  record Read(TablePlace place, RawSequence sequence) {}

  private final Function<String, Supplier<String>> files; // by id, where there is no place
  private final Map<String, String> labels = new HashMap<>(); // so that each text is kept once
  private Parts parts; // of the sequence that has begun; null between two

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
    if (parts == null) {
      parts = new Parts(text(bytes), place(bytes));
      if (parts.place != null) {
        keep(bytes);
      }
    }
    while (true) {
      switch (bytes.get()) {
        case PieceWriter.STEP -> step(bytes);
        case PieceWriter.KEPT_STEP -> {
          step(bytes);
          keep(bytes);
        }
        case PieceWriter.NEXT_PIECE -> {
          return Optional.empty();
        }
        default -> {
          return Optional.of(read());
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
    parts.hasInputs |= add(bytes, parts.inputs);
    parts.hasNumbers |= add(bytes, parts.numbers);
    String label = text(bytes);
    if (label != null) {
      parts.labels.add(labels.computeIfAbsent(label, same -> same));
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

  private static boolean add(ByteBuffer bytes, Doubles to) {
    int length = bytes.getInt();
    if (length < 0) {
      return false;
    }
    to.addBytes(bytes, length);
    return true;
  }

  private Read read() {
    Parts ended = parts;
    parts = null;
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
            ended.keeps ? ended.kept.build() : List.of());
    return new Read(place, sequence);
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
    boolean hasTimes;
    boolean hasInputs;
    boolean hasNumbers;
    boolean keeps;
    int length;

    Parts(String id, TablePlace place) {
      this.id = id;
      this.place = place;
    }
  }
}

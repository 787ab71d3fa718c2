package io.hindsight.datasets.sequences.pieces;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.stored.NumbersWriter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts sequences together from the pieces that a {@link PieceWriter} wrote, those of each in their
 * order.
 */
public final class PieceReader {
  /**
   * A sequence and the row that held it.
   *
   * @param place null if its steps were rows
   */
  public record Read(TablePlace place, RawSequence sequence) {}

  private final Function<String, Supplier<String>> files; // by id, where there is no place
  private final int held;
  private final PieceTexts texts = new PieceTexts();
  private final Map<String, SequenceParts> begun = new HashMap<>(); // by id

  /**
   * Reads pieces.
   *
   * @param files where a sequence was read, by its id, if its pieces do not tell
   */
  public PieceReader(Function<String, Supplier<String>> files) {
    this(files, NumbersWriter.HELD);
  }

  /**
   * The same with another limit.
   *
   * @param held inputs of a sequence that the heap holds, and targets
   */
  public PieceReader(Function<String, Supplier<String>> files, int held) {
    this.files = files;
    this.held = held;
  }

  /** Takes the next piece; gives the sequence that ends with it. */
  public Optional<Read> accept(byte[] piece) {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    String id = PieceTexts.read(bytes);
    TablePlace place = place(bytes);
    SequenceParts parts =
        begun.computeIfAbsent(id, same -> new SequenceParts(same, place, texts, held));
    if (place != null) {
      parts.addKept(bytes);
    }
    while (true) {
      switch (bytes.get()) {
        case PieceWriter.STEP -> parts.addStep(bytes);
        case PieceWriter.NEXT_PIECE -> {
          return Optional.empty();
        }
        default -> {
          begun.remove(id);
          return Optional.of(read(parts, bytes.getInt()));
        }
      }
    }
  }

  private static TablePlace place(ByteBuffer bytes) {
    return bytes.get() == 0
        ? null
        : new TablePlace(
            PieceTexts.read(bytes), bytes.getLong(), bytes.getLong(), bytes.get() != 0);
  }

  private Read read(SequenceParts parts, int merged) {
    TablePlace place = parts.place();
    Supplier<String> file = place == null ? files.apply(parts.id()) : place::file;
    return new Read(place, parts.build(file, merged));
  }
}

package io.hindsight.datasets.sequences.pieces;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The texts of pieces, each preceded by its bytes' number, which is below 0 where there is none.
 */
final class PieceTexts {
  private final Map<String, String> known = new HashMap<>();

  /** The next text, or null: one object for equal texts, of labels and categories many times. */
  String next(ByteBuffer bytes) {
    String text = read(bytes);
    return text == null ? null : known.computeIfAbsent(text, same -> same);
  }

  /** The next text, or null, of which there are few that are equal. */
  static String read(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 0) {
      return null;
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}

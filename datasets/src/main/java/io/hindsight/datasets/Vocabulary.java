package io.hindsight.datasets;

import java.util.Arrays;

/**
 * The characters (Unicode code points) a model knows, in ascending order; a token is a position in
 * it.
 */
public final class Vocabulary implements EncodingPart {
  private final int[] codePoints; // ascending, distinct

  private Vocabulary(int[] codePoints) {
    this.codePoints = codePoints;
  }

  /** The characters that occur in a text. */
  public static Vocabulary of(int[] text) {
    return new Vocabulary(Arrays.stream(text).sorted().distinct().toArray());
  }

  /** The characters that occur in a text. */
  public static Vocabulary of(String text) {
    return of(text.codePoints().toArray());
  }

  /** V: number of characters. */
  public int size() {
    return codePoints.length;
  }

  /** The token of a character, or −1 if it is unknown. */
  public int indexOf(int codePoint) {
    int index = Arrays.binarySearch(codePoints, codePoint);
    return index < 0 ? -1 : index;
  }

  /**
   * The character of a token.
   *
   * @param token in [0, V)
   */
  public int codePoint(int token) {
    return codePoints[token];
  }

  /**
   * The tokens of a text that a user typed.
   *
   * @param name what the text is, for the error
   * @throws DataException naming the first character that is unknown
   */
  public int[] encode(String text, String name) {
    int[] characters = text.codePoints().toArray();
    int[] tokens = new int[characters.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = indexOf(characters[i]);
      if (tokens[i] < 0) {
        throw unknown(characters[i], "character %d of %s".formatted(i + 1, name));
      }
    }
    return tokens;
  }

  /** The text of tokens. */
  public String decode(int... tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.appendCodePoint(codePoints[token]);
    }
    return text.toString();
  }

  /** All characters in order, as a string. */
  public String characters() {
    return new String(codePoints, 0, codePoints.length);
  }

  /** The error for a character that is not in this vocabulary. */
  DataException unknown(int codePoint, String place) {
    return new DataException(
        "every character must be one of the %d of the training text".formatted(size()),
        "'%s' (U+%04X)".formatted(Character.toString(codePoint), codePoint),
        place,
        "remove or replace the character, or train on a text that holds it");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && Arrays.equals(codePoints, that.codePoints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints);
  }

  @Override
  public String toString() {
    return "Vocabulary[" + size() + "]";
  }
}

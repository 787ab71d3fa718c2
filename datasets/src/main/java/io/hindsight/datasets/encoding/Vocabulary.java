package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
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
   * @param rule what is done about unknown characters; where they are skipped, they are {@link
   *     io.hindsight.kernels.batch.Sequence#NO_TOKEN}
   * @throws DataException naming all characters that are unknown, if they are refused
   */
  public int[] encode(String text, String name, DataSpec.Unknown rule) {
    UnknownCharacters unknown = new UnknownCharacters(this);
    int[] tokens =
        unknown.encode(
            text.codePoints().toArray(), i -> "character %d of %s".formatted(i + 1, name));
    unknown.check(rule, "remove or replace them, or read them as nothing");
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

package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.spec.Unknown;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The characters (Unicode code points) a model knows, in ascending order; a token is a position in
 * it. There may be one more token, the last, for all other characters.
 */
public final class Vocabulary implements EncodingPart {
  private static final int REPLACEMENT = 0xFFFD; // what Unicode has for an unknown character

  private final int[] codePoints; // ascending, distinct
  private final boolean others; // whether there is a token for all others

  private Vocabulary(int[] codePoints, boolean others) {
    this.codePoints = codePoints;
    this.others = others;
  }

  /** The characters that occur in a text. */
  public static Vocabulary of(int[] text) {
    return new Vocabulary(Arrays.stream(text).sorted().distinct().toArray(), false);
  }

  /** The characters that occur so often in a text, and a token for all others. */
  public static Vocabulary withOthers(int[] text, int atLeast) {
    int[] sorted = Arrays.stream(text).sorted().toArray();
    int[] often =
        IntStream.rangeClosed(0, sorted.length - atLeast)
            .filter(i -> i == 0 || sorted[i - 1] < sorted[i])
            .filter(i -> sorted[i + atLeast - 1] == sorted[i])
            .map(i -> sorted[i])
            .toArray();
    return new Vocabulary(often, true);
  }

  /** The same characters, and a token for all others. */
  Vocabulary withOthers() {
    return new Vocabulary(codePoints, true);
  }

  /** The characters that occur in a text. */
  public static Vocabulary of(String text) {
    return of(text.codePoints().toArray());
  }

  /** V: number of tokens. */
  public int size() {
    return codePoints.length + (others ? 1 : 0);
  }

  /** Number of characters, whose tokens are the first. */
  public int known() {
    return codePoints.length;
  }

  /** Whether there is a token for all other characters. */
  public boolean hasOthers() {
    return others;
  }

  /** The token of a character, or −1 if it is unknown. */
  public int indexOf(int codePoint) {
    int index = Arrays.binarySearch(codePoints, codePoint);
    return index < 0 ? -1 : index;
  }

  /**
   * The character of a token; U+FFFD for that of all others.
   *
   * @param token in [0, V)
   */
  public int codePoint(int token) {
    return token < codePoints.length ? codePoints[token] : REPLACEMENT;
  }

  /**
   * The tokens of a text that a user typed.
   *
   * @param name what the text is, for the error
   * @param rule what is done about unknown characters; where they are skipped, they are {@link
   *     io.hindsight.kernels.batch.Sequence#NO_TOKEN}
   * @throws DataException naming all characters that are unknown, if they are refused
   */
  public int[] encode(String text, String name, Unknown rule) {
    UnknownCharacters unknown = new UnknownCharacters(this, rule);
    int[] tokens =
        unknown.encode(
            text.codePoints().toArray(), i -> "character %d of %s".formatted(i + 1, name));
    unknown.check("remove or replace them, or read them as nothing");
    return tokens;
  }

  /** The text of tokens. */
  public String decode(int... tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.appendCodePoint(codePoint(token));
    }
    return text.toString();
  }

  /** All characters in order, as a string. */
  public String characters() {
    return new String(codePoints, 0, codePoints.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that
        && others == that.others
        && Arrays.equals(codePoints, that.codePoints);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(codePoints) + Boolean.hashCode(others);
  }

  @Override
  public String toString() {
    return "Vocabulary[" + size() + "]";
  }
}

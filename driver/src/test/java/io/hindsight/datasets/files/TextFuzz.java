package io.hindsight.datasets.files;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Vocabulary;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.fuzz.Parsing;
import java.util.Arrays;

/** Texts to train on. */
public final class TextFuzz {
  private TextFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, TextFuzz::parse, DataException.class);
  }

  private static void parse(byte[] input) {
    Vocabulary vocabulary = Vocabulary.of(TextFiles.decode("text.txt", input));
    int[] tokens = vocabulary.encode(vocabulary.characters(), "text", Unknown.REFUSE);
    if (!vocabulary.decode(tokens).equals(vocabulary.characters())) {
      throw new AssertionError("other characters when decoded: " + Arrays.toString(tokens));
    }
  }
}

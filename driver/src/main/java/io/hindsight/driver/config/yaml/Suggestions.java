package io.hindsight.driver.config.yaml;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what a misspelt word was meant to be. */
public final class Suggestions {
  private static final Pattern SEPARATORS = Pattern.compile("[-_ ]");

  private Suggestions() {}

  /** The nearest of the words, if one is near: about one slip in three letters. */
  public static Optional<String> nearest(String word, Collection<String> words) {
    return words.stream()
        .filter(w -> distance(word, w) <= Math.max(1, w.length() / 3))
        .min(Comparator.comparingInt(w -> distance(word, w)));
  }

  /** The nearest word as a question, or the list of all. */
  static String remedy(String word, Collection<String> words) {
    return nearest(word, words)
        .map(w -> "did you mean '" + w + "'?")
        .orElse("use one of " + String.join(", ", words));
  }

  private static int distance(String a, String b) {
    String x = letters(a);
    String y = letters(b);
    boolean swapped = !x.equals(y) && Arrays.equals(sorted(x), sorted(y));
    return swapped ? 1 : LevenshteinDistance.getDefaultInstance().apply(x, y);
  }

  private static int[] sorted(String letters) {
    return letters.chars().sorted().toArray();
  }

  /** Case and word separators do not count: learningRate is learning-rate. */
  private static String letters(String word) {
    return SEPARATORS.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}

package io.hindsight.datasets.encoding;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.kernels.batch.Sequence;
import java.util.Optional;
import java.util.function.IntFunction;

/** Encodes characters, and finds those that training did not see. */
public final class UnknownCharacters {
  private final Vocabulary vocabulary;
  private final Unknown rule;
  private final Unknowns<Integer> unknowns = new Unknowns<>(UnknownCharacters::shown);
  private long characters;

  /**
   * Encodes by this vocabulary; none is unknown yet.
   *
   * @param rule what is done about them
   */
  public UnknownCharacters(Vocabulary vocabulary, Unknown rule) {
    this.vocabulary = vocabulary;
    this.rule = rule;
  }

  /**
   * The tokens of some characters; for unknown ones −1, which is both no token and no class, or the
   * token that stands for them.
   *
   * @param text code points
   * @param place where the character at an index stands
   */
  public int[] encode(int[] text, IntFunction<String> place) {
    int other = hasToken() ? vocabulary.known() : Sequence.NO_TOKEN;
    int[] tokens = new int[text.length];
    for (int i = 0; i < text.length; i++) {
      tokens[i] = vocabulary.indexOf(text[i]);
      if (tokens[i] < 0) {
        int index = i;
        tokens[i] = other;
        unknowns.add(text[i], "", () -> place.apply(index));
      }
    }
    characters += text.length;
    return tokens;
  }

  private boolean hasToken() {
    return rule == Unknown.TOKEN && vocabulary.hasOthers();
  }

  /** How often an unknown one occurs. */
  public long occurrences() {
    return unknowns.occurrences();
  }

  /**
   * Refuses unknown characters, all at once, or tells of them.
   *
   * @param remedy what to do but to skip them, as an imperative
   * @return those that are skipped, or read as a token; absent where there are none
   * @throws DataException if there are some, and they are refused
   */
  public Optional<Omissions.Unseen> check(String remedy) {
    if (unknowns.isEmpty()) {
      return Optional.empty();
    }
    if (rule == Unknown.SKIP || hasToken()) {
      return Optional.of(unseen());
    }
    throw new DataException(
        "every character must be one of the %,d of the training text".formatted(vocabulary.known()),
        "%s, %s in %s"
            .formatted(
                Count.of(unknowns.distinct(), "other"),
                Unknowns.times(unknowns.occurrences()),
                Count.of(characters, "character")),
        unknowns.list(),
        remedy + " with data.unknown: skip (--set data.unknown=skip)");
  }

  private Omissions.Unseen unseen() {
    String what = hasToken() ? "one unknown character" : "nothing and not scored";
    return new Omissions.Unseen(
        "%d of %s read as %s, for training did not see them (data.unknown: %s): %s"
            .formatted(
                unknowns.occurrences(),
                Count.of(characters, "character"),
                what,
                hasToken() ? "token" : "skip",
                unknowns.list()),
        unknowns.distinct(),
        unknowns.occurrences());
  }

  private static String shown(int codePoint) {
    return "'%s' (U+%04X)".formatted(Character.toString(codePoint), codePoint);
  }
}

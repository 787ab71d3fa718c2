package io.hindsight.datasets.encoding;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.Omissions;
import java.util.Optional;
import java.util.function.IntFunction;

/** Encodes characters, and finds those that training did not see. */
public final class UnknownCharacters {
  private final Vocabulary vocabulary;
  private final Unknowns<Integer> unknowns = new Unknowns<>(UnknownCharacters::shown);
  private long characters;

  /** Encodes by this vocabulary; none is unknown yet. */
  public UnknownCharacters(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * The tokens of some characters; −1, which is both no token and no class, for unknown ones.
   *
   * @param text code points
   * @param place where the character at an index stands
   */
  public int[] encode(int[] text, IntFunction<String> place) {
    int[] tokens = new int[text.length];
    for (int i = 0; i < text.length; i++) {
      tokens[i] = vocabulary.indexOf(text[i]);
      if (tokens[i] < 0) {
        int index = i;
        unknowns.add(text[i], "", () -> place.apply(index));
      }
    }
    characters += text.length;
    return tokens;
  }

  /**
   * Refuses unknown characters, all at once, or tells of them.
   *
   * @param remedy what to do but to skip them, as an imperative
   * @return those that are skipped; absent where there are none
   * @throws DataException if there are some, and they are refused
   */
  public Optional<Omissions.Unseen> check(DataSpec.Unknown rule, String remedy) {
    if (unknowns.isEmpty()) {
      return Optional.empty();
    }
    if (rule == DataSpec.Unknown.SKIP) {
      return Optional.of(unseen());
    }
    throw new DataException(
        "every character must be one of the %,d of the training text".formatted(vocabulary.size()),
        "%s, %s in %s"
            .formatted(
                Count.of(unknowns.distinct(), "other"),
                Unknowns.times(unknowns.occurrences()),
                Count.of(characters, "character")),
        unknowns.list(),
        remedy + " with data.unknown: skip (--set data.unknown=skip)");
  }

  private Omissions.Unseen unseen() {
    return new Omissions.Unseen(
        "%d of %s read as nothing and not scored, for training did not see them (data.unknown:"
                .formatted(unknowns.occurrences(), Count.of(characters, "character"))
            + " skip): "
            + unknowns.list(),
        unknowns.distinct(),
        unknowns.occurrences());
  }

  private static String shown(int codePoint) {
    return "'%s' (U+%04X)".formatted(Character.toString(codePoint), codePoint);
  }
}

package io.hindsight.datasets;

import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Characters of a text, cut into parallel streams of equal length; each step reads a character, its
 * class is the next one.
 *
 * <p>The last characters are the test part, those before them validation. The vocabulary is that of
 * the training part; an unknown character elsewhere is refused, for a model has no answer to it.
 */
final class TextSource implements SequenceSource {
  private final String path;
  private final Split split;
  private final int streams;

  TextSource(String path, Split split, int streams) {
    this.path = path;
    this.split = split;
    this.streams = streams;
  }

  @Override
  public EncodedData fit() {
    TextFiles text = TextFiles.read(path);
    int[] characters = text.characters();
    int training = Bounds.of(characters.length, split).validationFrom();
    requireStreams(training);
    return encode(text, Vocabulary.of(Arrays.copyOf(characters, training)));
  }

  @Override
  public EncodedData apply(Encoding stored) {
    return encode(TextFiles.read(path), vocabulary(stored));
  }

  @Override
  public EncodedInputs inputs(Encoding stored) {
    TextFiles text = TextFiles.read(path);
    int[] tokens = tokens(text, vocabulary(stored), 0, text.characters().length);
    return new EncodedInputs(List.of(Sequence.ofTokens(id(0), tokens)), Map.of(), Optional.empty());
  }

  private EncodedData encode(TextFiles text, Vocabulary vocabulary) {
    int end = text.characters().length;
    Bounds bounds = Bounds.of(end, split);
    EncodedData.Parts parts =
        new EncodedData.Parts(
            part(text, vocabulary, 0, bounds.validationFrom()),
            part(text, vocabulary, bounds.validationFrom(), bounds.testFrom()),
            part(text, vocabulary, bounds.testFrom(), end));
    Splits.requireParts(parts, split, false, path);
    return new EncodedData(
        InputSpec.tokens(vocabulary.size()),
        vocabulary.size(),
        parts,
        new Encoding.Text(vocabulary),
        Optional.empty());
  }

  private List<Sequence> part(TextFiles text, Vocabulary vocabulary, int from, int to) {
    int[] tokens = tokens(text, vocabulary, from, to);
    int targets = Math.max(0, tokens.length - 1);
    int cut = Math.min(streams, targets);
    List<Sequence> sequences = new ArrayList<>();
    for (int stream = 0; stream < cut; stream++) {
      int length = targets / cut;
      int start = stream * length;
      sequences.add(
          Sequence.ofTokens(id(stream), Arrays.copyOfRange(tokens, start, start + length))
              .withClasses(Arrays.copyOfRange(tokens, start + 1, start + length + 1)));
    }
    return sequences;
  }

  private static int[] tokens(TextFiles text, Vocabulary vocabulary, int from, int to) {
    int[] tokens = new int[to - from];
    for (int i = from; i < to; i++) {
      int character = text.characters()[i];
      int token = vocabulary.indexOf(character);
      if (token < 0) {
        throw vocabulary.unknown(character, text.place(i));
      }
      tokens[i - from] = token;
    }
    return tokens;
  }

  private void requireStreams(int characters) {
    if (characters <= streams) {
      throw new DataException(
          "the training part must hold more characters than the batch has streams (%d)"
              .formatted(streams),
          Count.of(characters, "character"),
          path,
          "bring more text, or set a smaller training.batch");
    }
  }

  private Vocabulary vocabulary(Encoding stored) {
    if (stored instanceof Encoding.Text text) {
      return text.vocabulary();
    }
    throw Errors.otherKind("text " + path, stored);
  }

  private static String id(int stream) {
    return String.format(Locale.ROOT, "stream-%06d", stream);
  }

  /**
   * Where the parts of a text begin.
   *
   * @param validationFrom first character of the validation part
   * @param testFrom first character of the test part
   */
  private record Bounds(int validationFrom, int testFrom) {
    static Bounds of(int characters, Split split) {
      int testFrom = characters - Split.count(split.test(), characters);
      int validation = Split.count(split.validation(), characters);
      return new Bounds(Math.max(0, testFrom - validation), testFrom);
    }
  }
}

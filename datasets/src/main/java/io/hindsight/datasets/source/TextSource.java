package io.hindsight.datasets.source;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.FixedWidth;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.UnknownCharacters;
import io.hindsight.datasets.encoding.Vocabulary;
import io.hindsight.datasets.files.TextFiles;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceFiles;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.datasets.split.Splits;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Characters of a text, cut into parallel streams of equal length; each step reads a character, its
 * class is the next one.
 *
 * <p>The last characters are the test part, those before them validation. The vocabulary is that of
 * the training part. Unknown characters elsewhere are refused, for a model has no answer to them;
 * or they are read as no token, and are no target.
 */
final class TextSource implements SequenceSource {
  private static final String SKIP = "or read them as nothing and leave them unscored";
  private static final String MORE_TO_TRAIN_ON =
      "give the training part more of the text with data.split, " + SKIP;
  private static final String OTHER_TEXT = "train on a text that holds them, " + SKIP;

  private static final Logger LOG = LoggerFactory.getLogger(TextSource.class);

  private final String path;
  private final Unknown rule;
  private final int rare;
  private final Split split;
  private final int streams;
  private final Reading reading;

  TextSource(TextSpec spec, Split split, int streams, Reading reading) {
    path = spec.path();
    rule = spec.unknown();
    rare = spec.rare();
    this.split = split;
    this.streams = streams;
    this.reading = reading;
  }

  @Override
  public EncodedData fit() {
    TextFiles text = read();
    int[] characters = text.characters();
    int training = Bounds.of(characters.length, split).validationFrom();
    requireStreams(training);
    return encode(text, vocabulary(Arrays.copyOf(characters, training)), true);
  }

  private Vocabulary vocabulary(int[] training) {
    if (rule != Unknown.TOKEN) {
      return Vocabulary.of(training);
    }
    Vocabulary vocabulary = Vocabulary.withOthers(training, rare);
    if (vocabulary.known() == 0) {
      throw new DataException(
          "a character must occur at least %d times in the training part (data.rare)"
              .formatted(rare),
          "none that does",
          path,
          "bring more text, or set a smaller data.rare");
    }
    return vocabulary;
  }

  @Override
  public EncodedData keep(Encoding stored) {
    TextFiles text = read();
    requireStreams(Bounds.of(text.characters().length, split).validationFrom());
    return encode(text, vocabulary(stored), false);
  }

  @Override
  public EncodedData apply(Encoding stored) {
    return encode(read(), vocabulary(stored), false);
  }

  @Override
  public EncodedInputs inputs(Encoding stored) {
    TextFiles text = read();
    UnknownCharacters unknown = new UnknownCharacters(vocabulary(stored), rule);
    int[] tokens = tokens(text, unknown, 0, text.characters().length);
    List<Sequence> whole = List.of(Sequence.ofTokens(id(0), tokens));
    Omissions omissions = Omissions.none(1).with(unknown.check(OTHER_TEXT));
    return EncodedInputs.of(whole, omissions);
  }

  private TextFiles read() {
    List<FileStatus> files = TextFiles.list(path);
    return reading.of(SourceFiles.of(path, files), () -> TextFiles.read(path, files));
  }

  private EncodedData encode(TextFiles text, Vocabulary vocabulary, boolean fitted) {
    int end = text.characters().length;
    Bounds bounds = Bounds.of(end, split);
    UnknownCharacters unknown = new UnknownCharacters(vocabulary, rule);
    UnknownCharacters known = fitted ? new UnknownCharacters(vocabulary, rule) : unknown;
    EncodedData.Parts parts =
        new EncodedData.Parts(
            part(text, known, 0, bounds.validationFrom()),
            part(text, unknown, bounds.validationFrom(), bounds.testFrom()),
            part(text, unknown, bounds.testFrom(), end));
    if (fitted && vocabulary.hasOthers() && known.occurrences() == 0) {
      LOG.warn(
          "no character of the training part occurs fewer than {} times, so nothing is learned of"
              + " unknown ones; set a larger data.rare",
          rare);
    }
    Optional<Omissions.Unseen> unseen = unknown.check(fitted ? MORE_TO_TRAIN_ON : OTHER_TEXT);
    unseen.ifPresent(some -> Splits.requireKnown(PartTally.of(parts), path));
    Splits.requireParts(PartTally.of(parts), split, false, Optional.empty(), path);
    return new EncodedData(
        InputSpec.tokens(vocabulary.size()),
        vocabulary.size(),
        parts,
        new Encoding.Text(vocabulary),
        Optional.empty(),
        Optional.empty(),
        Omissions.none(1).with(unseen));
  }

  private List<Sequence> part(TextFiles text, UnknownCharacters unknown, int from, int to) {
    int[] tokens = tokens(text, unknown, from, to);
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

  private static int[] tokens(TextFiles text, UnknownCharacters unknown, int from, int to) {
    return unknown.encode(
        Arrays.copyOfRange(text.characters(), from, to), i -> text.place(from + i));
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
    throw OtherKind.of("text " + path, stored);
  }

  private static String id(int stream) {
    return "stream-" + FixedWidth.of(stream, 6);
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

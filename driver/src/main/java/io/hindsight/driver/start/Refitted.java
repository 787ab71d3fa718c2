package io.hindsight.driver.start;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.LabelIndex;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.encoding.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether an encoding that was fitted anew gives a network what a model's own gave it: numbers of
 * the same width, and for classes and characters the same in the same places.
 */
final class Refitted {
  private static final String REMEDY =
      "use training.encoding: keep, which leaves those that the model does not know to data.unknown, or start without the model";

  private Refitted() {}

  /**
   * Refuses one that does not.
   *
   * @throws DataException if there is another width, or another class or character
   */
  static void require(Encoding fitted, Encoding model) {
    if (fitted instanceof Encoding.Table is && model instanceof Encoding.Table was) {
      indicators(is.filling().indicators(), was.filling().indicators());
      width("input", is.features(), was.features());
      was.labels().ifPresent(labels -> classes(is.labels().orElseThrow(), labels));
      was.targetScaling()
          .ifPresent(
              known -> width("target", is.targetScaling().orElseThrow().size(), known.size()));
    } else if (fitted instanceof Encoding.Text is && model instanceof Encoding.Text was) {
      characters(is.vocabulary(), was.vocabulary());
    }
  }

  /** Inputs that tell where a column lacks its value are there if the training part lacks some. */
  private static void indicators(List<String> is, List<String> was) {
    if (!is.equals(was)) {
      throw new DataException(
          "the columns that lack values in the training part must be those of the model to start from, "
              + was,
          is.toString(),
          "data.missing",
          "use training.encoding: keep, or start without the model");
    }
  }

  private static void width(String what, int is, int was) {
    if (is != was) {
      throw new DataException(
          "the model to start from knows %d %s numbers per step".formatted(was, what),
          is + " in the data",
          "data." + what + "s",
          "bring data with vectors of the same width");
    }
  }

  private static void classes(Labels is, Labels was) {
    LabelIndex known = new LabelIndex(was);
    boolean same =
        is.size() == was.size()
            && IntStream.range(0, is.size()).allMatch(c -> known.of(is.name(c)) == c);
    if (!same) {
      throw new DataException(
          "the classes must be those of the model to start from, " + was.names(),
          is.names().toString(),
          "data.targets",
          REMEDY);
    }
  }

  private static void characters(Vocabulary is, Vocabulary was) {
    if (!is.equals(was)) {
      throw new DataException(
          "the characters of the training part must be the %d of the model to start from"
              .formatted(was.size()),
          "%s, of which %d are others".formatted(Count.of(is.size(), "character"), others(is, was)),
          "data.path",
          REMEDY);
    }
  }

  private static long others(Vocabulary is, Vocabulary was) {
    return is.characters().codePoints().filter(point -> was.indexOf(point) < 0).count();
  }
}

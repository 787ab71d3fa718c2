package io.hindsight.datasets.side;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.columns.UnknownCategories;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** How many categories of each column are read as unknown, in each part of some data. */
public final class CategoryTally implements Mergeable<CategoryTally> {
  private static final long serialVersionUID = 1L;

  private final TreeMap<Key, UnknownCounts> counts = new TreeMap<>();

  /**
   * What is counted together.
   *
   * @param column number of the column
   */
  private record Key(Part part, int column, String name) implements Comparable<Key>, Serializable {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::part).thenComparing(Key::column);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Counts the categories of a part's sequence: of steps that are read as its history, none.
   *
   * @param sequence the steps of the part, and those before them
   */
  public void add(Part part, Sequence sequence, RawSequence raw, Encoding.Table encoding) {
    List<Categories> steps = encoding.side().steps();
    for (int j = 0; j < steps.size(); j++) {
      String column = steps.get(j).column();
      UnknownCounts to = counts(part, j, column);
      for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
        int row = t + encoding.offset();
        String name = raw.side().categories().get(row * steps.size() + j);
        int id = sequence.categories()[t * steps.size() + j];
        to.add(id, name, raw, () -> raw.name(row, column));
      }
    }
    List<Categories> ofSequence = encoding.side().ofSequence();
    for (int k = 0; k < ofSequence.size(); k++) {
      String name = raw.side().fixed().categories().get(k);
      counts(part, steps.size() + k, ofSequence.get(k).column())
          .add(sequence.statics().categories()[k], name, raw, raw::name);
    }
  }

  private UnknownCounts counts(Part part, int column, String name) {
    return counts.computeIfAbsent(new Key(part, column, name), none -> new UnknownCounts());
  }

  @Override
  public void merge(CategoryTally other) {
    other.counts.forEach(
        (key, theirs) -> counts.computeIfAbsent(key, none -> new UnknownCounts()).merge(theirs));
  }

  /** Those that have some, in the order of parts and columns. */
  public List<UnknownCategories> unknown() {
    return all("the %s part"::formatted);
  }

  /** Those of the parts of data. */
  public static List<UnknownCategories> of(
      Encoding.Table encoding, RawTable table, EncodedData.Parts parts) {
    CategoryTally tally = new CategoryTally();
    Map<String, RawSequence> byId = new HashMap<>();
    table.sequences().forEach(raw -> byId.put(raw.id(), raw));
    parts.forEach((part, one) -> tally.add(part, one, byId.get(one.id()), encoding));
    return tally.unknown();
  }

  /**
   * Those of data that has no parts.
   *
   * @param inputs of each of the sequences
   */
  public static List<UnknownCategories> ofAll(
      Encoding.Table encoding, RawTable table, List<EncodedInput> inputs) {
    CategoryTally tally = new CategoryTally();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof Encoded one) {
        tally.add(Part.TEST, one.sequence(), table.sequences().get(i), encoding);
      }
    }
    return tally.all(part -> "");
  }

  private List<UnknownCategories> all(UnaryOperator<String> text) {
    List<UnknownCategories> all = new ArrayList<>();
    counts.forEach(
        (key, some) -> {
          if (some.isAny()) {
            all.add(some.of(key.name, text.apply(key.part.text())));
          }
        });
    return all;
  }
}

package io.hindsight.datasets.side;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RawSide.Change;
import io.hindsight.datasets.columns.RawSide.Fixed;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Encodes what sequences have beside their inputs. */
public final class SideEncoder {
  private final SideEncoding encoding;
  private final List<Map<String, Integer>> steps; // ids by name, of each column
  private final List<Map<String, Integer>> ofSequence;

  /** By an encoding. */
  public SideEncoder(SideEncoding encoding) {
    this.encoding = encoding;
    steps = encoding.steps().stream().map(SideEncoder::index).toList();
    ofSequence = encoding.ofSequence().stream().map(SideEncoder::index).toList();
  }

  private static Map<String, Integer> index(Categories categories) {
    Map<String, Integer> ids = new HashMap<>();
    categories.names().forEach(name -> ids.put(name, ids.size() + 1));
    return ids;
  }

  /**
   * The same sequence with what it has beside its inputs.
   *
   * @param offset rows before that of the first step
   * @throws DataException if what is of the whole sequence changes in it, or has no logarithm
   */
  public Sequence addTo(Sequence inputs, RawSequence raw, int offset) {
    if (encoding.isEmpty()) {
      return inputs;
    }
    if (raw.side().change().isPresent()) {
      throw changing(raw, raw.side().change().get());
    }
    return inputs
        .withCategories(categories(raw, offset, inputs.length()))
        .withStatics(new Statics(numbers(raw), ids(raw.side().fixed().categories())));
  }

  /** // (T, J). */
  private int[] categories(RawSequence raw, int offset, int length) {
    int width = steps.size();
    int[] ids = new int[length * width];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = id(steps.get(i % width), raw.side().categories().get(offset * width + i));
    }
    return ids;
  }

  private int[] ids(List<String> names) {
    int[] ids = new int[ofSequence.size()];
    for (int k = 0; k < ids.length; k++) {
      ids[k] = id(ofSequence.get(k), names.get(k));
    }
    return ids;
  }

  private static int id(Map<String, Integer> ids, String name) {
    return name == null ? Categories.UNKNOWN : ids.getOrDefault(name, Categories.UNKNOWN);
  }

  /** // (S). */
  private double[] numbers(RawSequence raw) {
    Scaling scaling = encoding.numbers();
    List<Double> read = raw.side().fixed().numbers();
    double[] values = read.stream().mapToDouble(Double::doubleValue).toArray();
    double[] numbers = scaling.transform(raw, RowNumbers.of(values)).toArray();
    for (int s = 0; s < numbers.length; s++) {
      numbers[s] = scaling.column(s).normalize(numbers[s]);
    }
    return numbers;
  }

  private DataException changing(RawSequence raw, Change change) {
    Fixed first = raw.side().fixed();
    Fixed other = change.other();
    for (int s = 0; s < encoding.numbers().size(); s++) {
      if (!first.numbers().get(s).equals(other.numbers().get(s))) {
        String column = encoding.numbers().column(s).name();
        return changing(raw, change, column, first.numbers().get(s), other.numbers().get(s));
      }
    }
    int k = 0;
    while (Objects.equals(first.categories().get(k), other.categories().get(k))) {
      k++;
    }
    String column = encoding.ofSequence().get(k).column();
    return changing(raw, change, column, first.categories().get(k), other.categories().get(k));
  }

  private static DataException changing(
      RawSequence raw, Change change, String column, Object first, Object other) {
    return new DataException(
        "a column of data.static must have one value in a sequence",
        "%s after %s".formatted(DataException.quote(other), DataException.quote(first)),
        raw.place(change.row(), column),
        "correct the value, or read the column at each step: leave it out of data.static");
  }
}

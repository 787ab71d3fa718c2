package io.hindsight.datasets.encoding;

import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The class labels of the training part, in the order of their class ids: by value if all are
 * numbers, else by text. Classes that have an order are in that.
 *
 * @param names label of class 0, 1, …: as it was written, or without a fraction where a whole
 *     number was written in several ways
 */
public record Labels(List<String> names) implements EncodingPart {
  public Labels {
    names = List.copyOf(names);
  }

  /** The distinct labels, in order; 1 and 1.0 are one. */
  public static Labels of(Collection<String> labels) {
    TreeMap<String, TreeSet<String>> spellings = new TreeMap<>();
    for (String label : labels) {
      spellings.computeIfAbsent(LabelText.key(label), key -> new TreeSet<>()).add(label);
    }
    TreeSet<String> distinct = new TreeSet<>();
    spellings.forEach((key, written) -> distinct.add(written.size() == 1 ? written.first() : key));
    boolean numeric = distinct.stream().allMatch(label -> Numbers.decimal(label).isPresent());
    Comparator<String> order =
        numeric
            ? Comparator.<String, BigDecimal>comparing(
                    label -> Numbers.decimal(label).orElseThrow())
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    return new Labels(distinct.stream().sorted(order).toList());
  }

  /** C: the number of classes. */
  public int size() {
    return names.size();
  }

  /** The class id of a label, or −1 if it is unknown. */
  public int indexOf(String label) {
    return new LabelIndex(this).of(label);
  }

  /** The label of a class id in [0, C). */
  public String name(int classId) {
    return names.get(classId);
  }
}

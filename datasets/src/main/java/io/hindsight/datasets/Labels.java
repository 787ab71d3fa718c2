package io.hindsight.datasets;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The class labels of the training part, in the order of their class ids: by value if all are
 * numbers, else by text.
 *
 * @param names label of class 0, 1, …
 */
public record Labels(List<String> names) implements EncodingPart {
  public Labels {
    names = List.copyOf(names);
  }

  /** The distinct labels, in order. */
  public static Labels of(Collection<String> labels) {
    TreeSet<String> distinct = new TreeSet<>(labels);
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
    return names.indexOf(label);
  }

  /** The label of a class id in [0, C). */
  public String name(int classId) {
    return names.get(classId);
  }
}

package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Numbers;
import io.hindsight.datasets.encoding.LabelIndex;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The classes that a table's labels are of: those of its training part, or those of {@code
 * data.order}.
 *
 * @param target what is predicted
 * @param place of the labels, for errors
 */
record TrainingClasses(TargetSpec target, String place) {
  /**
   * The classes, in the order of their ids.
   *
   * @throws DataException if the training part has too few of them, or they have no order
   */
  Labels of(FitStatistics known) {
    Labels seen = seen(known);
    if (target.kind() != TargetKind.ORDERED) {
      requireTwo(seen.names(), target.kind() == TargetKind.LABEL_STRING ? 1 : 2);
      return seen;
    }
    if (target.order().isEmpty()) {
      requireTwo(seen.names(), 2);
      requireNumbers(seen.names());
      return seen;
    }
    Labels order = new Labels(target.order());
    requireTwo(trained(order, known), 2);
    return order;
  }

  /** The classes of the training part, written as all parts together write them. */
  private static Labels seen(FitStatistics known) {
    Labels all = Labels.of(known.labels());
    LabelIndex index = new LabelIndex(all);
    TreeSet<String> seen = new TreeSet<>();
    known.seen().forEach(label -> seen.add(all.name(index.of(label))));
    return Labels.of(seen);
  }

  /** What a user should know of classes of an order that training never sees. */
  Optional<String> untrained(Labels order, FitStatistics known) {
    TreeSet<String> trained = new TreeSet<>(trained(order, known));
    List<String> others = order.names().stream().filter(name -> !trained.contains(name)).toList();
    return others.isEmpty() || target.kind() != TargetKind.ORDERED
        ? Optional.empty()
        : Optional.of(
            "no target of the training part is %s, so that it will hardly be answered (data.order)"
                .formatted(
                    String.join(" or ", others.stream().map(DataException::quote).toList())));
  }

  private static List<String> trained(Labels order, FitStatistics known) {
    LabelIndex index = new LabelIndex(order);
    return known.seen().stream()
        .map(index::of)
        .filter(id -> id >= 0)
        .distinct()
        .sorted()
        .map(order::name)
        .toList();
  }

  private void requireTwo(List<String> classes, int least) {
    if (classes.size() < least) {
      throw new DataException(
          "the training part must hold at least two classes",
          classes.isEmpty() ? "none" : "only " + DataException.quote(classes.get(0)),
          place,
          target.order().isEmpty()
              ? "name another column in data.targets, or bring more data"
              : "write data.order as the labels are written, or bring more data");
    }
  }

  private void requireNumbers(List<String> classes) {
    List<String> words =
        classes.stream().filter(label -> Numbers.decimal(label).isEmpty()).toList();
    if (!words.isEmpty()) {
      String first = words.get(0);
      String other =
          classes.stream().filter(label -> !label.equals(first)).findFirst().orElseThrow();
      throw new DataException(
          "classes that are not all numbers have an order only by data.order",
          "%s and %s".formatted(DataException.quote(first), DataException.quote(other)),
          place,
          "name all classes from the lowest to the highest, as in data.order: [low, medium, high]");
    }
  }
}

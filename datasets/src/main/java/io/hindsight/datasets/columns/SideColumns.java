package io.hindsight.datasets.columns;

import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The columns of a table that are read beside its inputs.
 *
 * @param categories columns whose text is a category; those among the static ones are of the whole
 *     sequence, the others of each step
 * @param statics columns that are the same at all steps of a sequence; those that are not among the
 *     categories are numbers
 * @param rare categories that training sees less often are unknown; 1 knows all
 * @param weights how much targets count
 * @param counts whether targets are counts of a distribution, which are never scaled
 * @param future numeric columns that are known ahead, read at the rows of the targets
 */
public record SideColumns(
    List<String> categories,
    List<String> statics,
    int rare,
    TargetWeights weights,
    boolean counts,
    List<String> future)
    implements Serializable {
  /** Nothing but inputs. */
  public static final SideColumns NONE = new SideColumns(List.of(), List.of(), 1);

  public SideColumns {
    categories = List.copyOf(categories);
    statics = List.copyOf(statics);
    future = List.copyOf(future);
  }

  /** Columns beside targets that all count alike. */
  public SideColumns(List<String> categories, List<String> statics, int rare) {
    this(categories, statics, rare, TargetWeights.NONE, false, List.of());
  }

  /** The same columns with other weights of targets. */
  public SideColumns with(TargetWeights others) {
    return new SideColumns(categories, statics, rare, others, counts, future);
  }

  /** The same columns beside targets that are counts. */
  public SideColumns withCounts() {
    return new SideColumns(categories, statics, rare, weights, true, future);
  }

  /** The same columns with others that are known ahead. */
  public SideColumns withFuture(List<String> columns) {
    return new SideColumns(categories, statics, rare, weights, counts, columns);
  }

  /** Whether a network reads nothing but inputs and what is known ahead. */
  public boolean isEmpty() {
    return categories.isEmpty() && statics.isEmpty();
  }

  /** J: columns with a category of each step. */
  public List<String> ofSteps() {
    return filter(categories, name -> !statics.contains(name));
  }

  /** S: columns with a number of the whole sequence. */
  public List<String> numbers() {
    return filter(statics, name -> !categories.contains(name));
  }

  /** K: columns with a category of the whole sequence. */
  public List<String> ofSequence() {
    return filter(categories, statics::contains);
  }

  /** The same columns, those of steps and numbers before the categories of the sequence. */
  public SideColumns inOrder() {
    return new SideColumns(
        Stream.concat(ofSteps().stream(), ofSequence().stream()).toList(),
        Stream.concat(numbers().stream(), ofSequence().stream()).toList(),
        rare,
        weights,
        counts,
        future);
  }

  private static List<String> filter(List<String> columns, Predicate<String> which) {
    return columns.stream().filter(which).toList();
  }
}

package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Something of each column, or of each element of a column of vectors.
 *
 * @param <S> what is known of it
 */
final class Slots<S extends Mergeable<S>> implements Mergeable<Slots<S>> {
  private static final long serialVersionUID = 1L;

  private final List<String> columns;
  private final List<List<S>> slots = new ArrayList<>(); // by column, then by element + 1; or null

  Slots(List<String> columns) {
    this.columns = new ArrayList<>(columns);
    columns.forEach(column -> slots.add(new ArrayList<>()));
  }

  /**
   * What is known of an element.
   *
   * @param none makes what is known before its first value, from its name
   */
  S at(int column, int element, Function<String, S> none) {
    List<S> elements = slots.get(column);
    while (elements.size() <= element + 1) {
      elements.add(null);
    }
    S known = elements.get(element + 1);
    if (known == null) {
      known = none.apply(name(column, element));
      elements.set(element + 1, known);
    }
    return known;
  }

  private String name(int column, int element) {
    return element == ProfiledRow.PLAIN
        ? columns.get(column)
        : columns.get(column) + "[" + element + "]";
  }

  /** The columns, without elements. */
  List<String> names() {
    return columns;
  }

  @Override
  public void merge(Slots<S> other) {
    for (int c = 0; c < slots.size(); c++) {
      List<S> others = other.slots.get(c);
      for (int e = 0; e < others.size(); e++) {
        S some = others.get(e);
        if (some != null) {
          S known = at(c, e - 1, name -> some);
          if (known != some) {
            known.merge(some);
          }
        }
      }
    }
  }

  /** All that have values, in the order of columns and elements. */
  List<Named<S>> all() {
    List<Named<S>> all = new ArrayList<>();
    for (int c = 0; c < slots.size(); c++) {
      for (int e = 0; e < slots.get(c).size(); e++) {
        if (slots.get(c).get(e) != null) {
          all.add(new Named<>(name(c, e - 1), slots.get(c).get(e)));
        }
      }
    }
    return all;
  }

  /** The same by name. */
  SortedMap<String, S> byName() {
    SortedMap<String, S> byName = new TreeMap<>();
    all().forEach(one -> byName.put(one.name(), one.known()));
    return byName;
  }

  /**
   * What is known of a column.
   *
   * @param name the column's, or {@code column[i]}
   */
  record Named<S>(String name, S known) {}
}

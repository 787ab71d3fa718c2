package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The histograms of rows that were looked at before. */
public final class SecondLook implements Mergeable<SecondLook> {
  private static final long serialVersionUID = 1L;

  private final byte[] median; // time; null where rows have none
  private final Map<String, double[]> edges;
  private final Map<String, double[]> others;
  private final ProfiledColumns names;
  private final Slots<ColumnCounts> columns;
  private final List<CategoryCounts> categories;

  SecondLook(
      ProfiledColumns names,
      byte[] median,
      Map<String, double[]> edges,
      Map<String, double[]> others) {
    this.median = median;
    this.edges = edges;
    this.others = others;
    this.names = names;
    columns = new Slots<>(names.numbers());
    categories = names.categories().stream().map(name -> new CategoryCounts()).toList();
  }

  /** The same look, at none yet. */
  public SecondLook none() {
    return new SecondLook(names, median, edges, others);
  }

  /** Looks at a row. */
  public void add(ProfiledRow row) {
    boolean isLater =
        median != null && row.time() != null && Arrays.compareUnsigned(row.time(), median) > 0;
    for (int i = 0; i < row.size(); i++) {
      columns.at(row.column(i), row.element(i), this::counts).add(row.value(i), isLater);
    }
    for (ProfiledRow.Category category : row.categories()) {
      categories.get(category.column()).add(category.text(), isLater);
    }
  }

  /** Of a column that the first look has not seen, too: the source then tells that it changed. */
  ColumnCounts counts(String name) {
    return new ColumnCounts(edges.getOrDefault(name, Edges.around(0, 0)), others.get(name));
  }

  @Override
  public void merge(SecondLook other) {
    columns.merge(other.columns);
    for (int c = 0; c < categories.size(); c++) {
      categories.get(c).merge(other.categories.get(c));
    }
  }

  SortedMap<String, ColumnCounts> byName() {
    return columns.byName();
  }

  /** A column of categories. */
  CategoryProfile category(int column, boolean ofSequences) {
    return categories.get(column).profile(names.categories().get(column), ofSequences);
  }
}

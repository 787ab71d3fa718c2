package io.hindsight.datasets.rows.profile;

import io.hindsight.datasets.profile.ProfiledColumns;
import io.hindsight.datasets.rows.RowLayout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which columns of a table are profiled, and where they are in its rows. */
final class ProfiledCells {
  private final RowLayout layout;
  private final ProfiledColumns columns;

  ProfiledCells(RowLayout layout) {
    this.layout = layout;
    Set<String> numbers = new LinkedHashSet<>(layout.inputs());
    numbers.addAll(layout.numbers());
    numbers.addAll(layout.side().numbers());
    columns =
        new ProfiledColumns(
            List.copyOf(numbers), layout.side().numbers(), layout.side().inOrder().categories());
  }

  /** Inputs, targets and what is read beside them. */
  ProfiledColumns columns() {
    return columns;
  }

  /** Where the cells of each numeric column are. */
  int[] ofNumbers() {
    return columns.numbers().stream().mapToInt(this::ofNumber).toArray();
  }

  private int ofNumber(String column) {
    if (layout.inputs().contains(column)) {
      return layout.firstInput() + layout.inputs().indexOf(column);
    }
    return layout.numbers().contains(column)
        ? layout.firstTarget() + layout.numbers().indexOf(column)
        : ofSequence() + layout.side().numbers().indexOf(column);
  }

  /** Where the cells of each column of categories are. */
  int[] ofCategories() {
    return columns.categories().stream().mapToInt(this::ofCategory).toArray();
  }

  private int ofCategory(String column) {
    int ofStep = layout.side().ofSteps().indexOf(column);
    return ofStep >= 0
        ? layout.firstBeside() + ofStep
        : ofSequence()
            + layout.side().numbers().size()
            + layout.side().ofSequence().indexOf(column);
  }

  private int ofSequence() {
    return layout.firstBeside() + layout.side().ofSteps().size();
  }
}

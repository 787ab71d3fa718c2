package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One row per time step: rows are grouped by id and sorted by time. The order of a table's rows
 * means nothing on Spark, so a time is required, and no two rows of an id may have the same.
 */
final class LongLayout implements TableLayout {
  private static final String ONLY_SEQUENCE = "series";

  private final TableColumns columns;
  private final Features inputs;
  private final Features numbers;
  private final TreeMap<String, Group> groups = new TreeMap<>(IdOrder.UTF_8);

  LongLayout(TableColumns columns) {
    this.columns = columns;
    this.inputs = new Features(columns.inputs(), columns.firstInput());
    this.numbers = new Features(columns.numbers(), columns.firstTarget());
  }

  @Override
  public void accept(Cells row) {
    String id = columns.sequence().isPresent() ? columns.id(row) : ONLY_SEQUENCE;
    Group group = groups.computeIfAbsent(id, key -> new Group());
    group.moments.add(columns.moment(row));
    group.places.add(row.place());
    if (group.missing.take(row, columns)) {
      return;
    }
    inputs.addStep(row, group.inputs);
    numbers.addStep(row, group.numbers);
    columns
        .label()
        .ifPresent(c -> group.labels.add(row.label(row.get(columns.firstTarget(), c), c)));
  }

  @Override
  public List<RawSequence> sequences() {
    List<Moment> all = new ArrayList<>();
    groups.values().forEach(group -> all.addAll(group.moments));
    Comparator<Moment> order = Moment.order(all, this::place);
    List<RawSequence> sequences = new ArrayList<>();
    groups.forEach((id, group) -> sequences.add(sequence(id, group, order)));
    return sequences;
  }

  @Override
  public List<String> features() {
    return inputs.names();
  }

  @Override
  public List<String> targets() {
    return numbers.names();
  }

  @Override
  public boolean labelled() {
    return false;
  }

  private RawSequence sequence(String id, Group group, Comparator<Moment> order) {
    int[] byTime =
        IntStream.range(0, group.moments.size())
            .boxed()
            .sorted(Comparator.comparing(group.moments::get, order))
            .mapToInt(Integer::intValue)
            .toArray();
    refuseDuplicates(id, group, byTime, order);
    boolean empty = group.missing.all(byTime.length);
    return new RawSequence(
        id,
        group.places.get(0).file(),
        pick(byTime, row -> group.moments.get(row).text()),
        empty ? null : group.inputs.rows(inputs.width(), byTime),
        empty || columns.numbers().isEmpty() ? null : group.numbers.rows(numbers.width(), byTime),
        empty || columns.label().isEmpty() ? null : pick(byTime, group.labels::get),
        byTime.length);
  }

  private void refuseDuplicates(String id, Group group, int[] byTime, Comparator<Moment> order) {
    for (int i = 1; i < byTime.length; i++) {
      Moment moment = group.moments.get(byTime[i]);
      if (order.compare(group.moments.get(byTime[i - 1]), moment) == 0) {
        throw new DataException(
            "a sequence must have one row per time",
            "time %s of sequence '%s' twice".formatted(moment.text(), id),
            "%s and %s, column %s"
                .formatted(
                    group.places.get(byTime[i - 1]), group.places.get(byTime[i]), columns.time()),
            "remove one of the rows, or name the column that tells sequences apart in data.sequence");
      }
    }
  }

  /** Where a moment stands; searched for only when it is refused. */
  private String place(Moment wanted) {
    for (Group group : groups.values()) {
      int row = group.moments.indexOf(wanted);
      if (row >= 0) {
        return group.places.get(row).column(columns.time());
      }
    }
    return "column " + columns.time();
  }

  private static List<String> pick(int[] order, Function<Integer, String> value) {
    return IntStream.of(order).boxed().map(value).toList();
  }

  /** The rows of one id, in the order they came. */
  private static final class Group {
    final List<Moment> moments = new ArrayList<>();
    final List<TablePlace> places = new ArrayList<>();
    final Doubles inputs = new Doubles();
    final Doubles numbers = new Doubles();
    final List<String> labels = new ArrayList<>();
    final MissingValues missing = new MissingValues();
  }
}

package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What is known of rows after all were looked at once: all but the histograms. */
public final class FirstLook implements Mergeable<FirstLook> {
  private static final long serialVersionUID = 1L;
  private static final int MOST_IDS = 256;

  private final boolean isRowSequence;
  private final ProfiledColumns names;
  private final Slots<ColumnSums> columns;
  private final RowTimes times;
  private final MedianTime median = new MedianTime();
  private final DistinctCount ids = new DistinctCount();
  private final List<DistinctCount> categorized; // ids with a category, of each column
  private final DistinctCount labelled = new DistinctCount(); // ids with a label of theirs
  private final Map<String, Long> labels = new HashMap<>();
  private Map<String, Long> rowsById = new HashMap<>(); // null where ids are too many
  private long rows;
  private long content;
  private long more; // of the content's identity

  /**
   * At none yet.
   *
   * @param columns those that are looked at
   * @param isRowSequence whether each row is a sequence of its own, without an id
   * @param newest how many of the newest times are kept, at least 1
   */
  public FirstLook(ProfiledColumns columns, boolean isRowSequence, int newest) {
    names = columns;
    this.columns = new Slots<>(columns.numbers());
    categorized = columns.categories().stream().map(name -> new DistinctCount()).toList();
    times = new RowTimes(newest);
    this.isRowSequence = isRowSequence;
  }

  /** Looks at a row. */
  public void add(ProfiledRow row) {
    rows++;
    long id = Mixing.with(0, row.id());
    long hash = id;
    for (int i = 0; i < row.size(); i++) {
      double value = row.value(i);
      columns.at(row.column(i), row.element(i), name -> new ColumnSums()).add(value);
      hash = Mixing.with(hash, Double.doubleToLongBits(value + 0.0));
    }
    for (ProfiledRow.Category category : row.categories()) {
      String text = category.text() == null ? "" : category.text();
      categorized.get(category.column()).add(Mixing.with(id, text));
      hash = Mixing.with(hash, text);
    }
    for (String label : row.labels()) {
      labels.merge(label, 1L, Long::sum);
      labelled.add(Mixing.with(id, label));
      hash = Mixing.with(hash, label);
    }
    content += hash;
    more += Mixing.with(1, hash);
    ids.add(id);
    row.instant().ifPresent(times::add);
    median.add(row);
    addRows(row.id(), 1);
  }

  private void addRows(String id, long count) {
    if (rowsById != null) {
      rowsById.merge(id, count, Long::sum);
      if (rowsById.size() > MOST_IDS) {
        rowsById = null;
      }
    }
  }

  @Override
  public void merge(FirstLook other) {
    columns.merge(other.columns);
    times.merge(other.times);
    median.merge(other.median);
    ids.merge(other.ids);
    labelled.merge(other.labelled);
    for (int c = 0; c < categorized.size(); c++) {
      categorized.get(c).merge(other.categorized.get(c));
    }
    other.labels.forEach((label, count) -> labels.merge(label, count, Long::sum));
    if (other.rowsById == null) {
      rowsById = null;
    } else {
      other.rowsById.forEach(this::addRows);
    }
    rows += other.rows;
    content += other.content;
    more += other.more;
  }

  /**
   * A second look at the same rows.
   *
   * @param reference whose edges values are counted by, too
   */
  public SecondLook second(Optional<DataProfile> reference) {
    Map<String, double[]> own = new HashMap<>();
    columns.all().forEach(column -> own.put(column.name(), column.known().edges()));
    Map<String, double[]> others = new HashMap<>();
    reference.ifPresent(
        profile ->
            profile
                .columns()
                .forEach(
                    column ->
                        others.put(
                            column.name(),
                            column.histogram().edges().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())));
    return new SecondLook(names, median.value(), own, others);
  }

  /** What both looks have told. */
  public Profiled with(SecondLook second) {
    SortedMap<String, ColumnCounts> counts = second.byName();
    SortedMap<String, Histogram> byReference = new TreeMap<>();
    counts.forEach((name, of) -> of.byReference().ifPresent(some -> byReference.put(name, some)));
    List<ColumnProfile> profiles =
        columns.all().stream()
            .map(
                one ->
                    one.known()
                        .profile(
                            one.name(),
                            names.ofSequences().contains(one.name()),
                            counts.computeIfAbsent(one.name(), second::counts).own()))
            .toList();
    DataProfile profile =
        new DataProfile(
            rows,
            isRowSequence ? rows : ids.value(),
            times.earliest().map(Instant::toString).orElse(""),
            times.latest().map(Instant::toString).orElse(""),
            String.format(Locale.ROOT, "%016x%016x", content, more),
            profiles,
            categories(second),
            new TreeMap<>(labels),
            !labels.isEmpty() && labelled.value() == ids.value(),
            rowsById == null ? new TreeMap<>() : new TreeMap<>(rowsById));
    return new Profiled(profile, byReference, times.newest());
  }

  private List<CategoryProfile> categories(SecondLook second) {
    return IntStream.range(0, categorized.size())
        .mapToObj(c -> second.category(c, categorized.get(c).value() == ids.value()))
        .toList();
  }
}

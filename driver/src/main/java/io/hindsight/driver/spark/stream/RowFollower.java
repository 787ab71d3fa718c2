package io.hindsight.driver.spark.stream;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.sequences.TaskSequences;
import io.hindsight.datasets.sequences.TaskSequences.Step;
import io.hindsight.driver.engine.KernelLog;
import io.hindsight.driver.stateful.SequenceState;
import io.hindsight.driver.stateful.SequenceStateBytes;
import io.hindsight.driver.stateful.StatefulModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * What a task does with the rows of a sequence that a trigger has: those that are not late are
 * answered in the order of time, and the state goes on.
 */
final class RowFollower implements FlatMapGroupsWithStateFunction<String, Row, byte[], Row> {
  private static final long serialVersionUID = 1L;

  private final Models models;
  private final RowLayout layout;
  private final FollowedRows told;
  private final long timeout; // milliseconds; 0 for none
  private transient StatefulModel model; // of the trigger that this task is of; null before
  private transient TaskSequences sequences;

  /**
   * For the rows of a query.
   *
   * @param layout of the rows, behind whose columns the whole row stands
   * @param told what is made of the rows
   * @param timeout milliseconds without a row after which a sequence is forgotten; 0 for never
   */
  RowFollower(Models models, RowLayout layout, FollowedRows told, long timeout) {
    this.models = models;
    this.layout = layout;
    this.told = told;
    this.timeout = timeout;
  }

  @Override
  public Iterator<Row> call(String id, Iterator<Row> rows, GroupState<byte[]> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return Collections.emptyIterator();
    }
    begin(state.getCurrentProcessingTimeMs());
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    SequenceState before =
        state.exists() ? SequenceStateBytes.read(state.get(), id, times()) : null;
    List<Row> made = new ArrayList<>();
    SequenceState after = follow(before, sequences.steps(all), made);
    if (after != before) {
      state.update(SequenceStateBytes.write(after, times()));
    }
    if (timeout > 0 && state.exists()) {
      state.setTimeoutDuration(timeout);
    }
    return made.iterator();
  }

  /** What kind the times are of; numbers of all types are compared. */
  private String times() {
    DataType type = layout.time().type();
    return type instanceof NumericType ? "numbers" : type.typeName();
  }

  private void begin(long trigger) {
    if (model == null) { // a task is of one trigger
      KernelLog.writeOnce();
      model = models.of(trigger);
      sequences = new TaskSequences(layout);
    }
  }

  private SequenceState follow(SequenceState before, List<Step> steps, List<Row> made) {
    List<Step> fresh = new ArrayList<>();
    for (Step step : steps) {
      if (isLate(step, before, fresh)) {
        made.add(told.late(step));
      } else {
        fresh.add(step);
      }
    }
    Map<Boolean, List<Step>> haveValues = byWhetherTheyHaveValues(fresh);
    SequenceState passed = answer(before, haveValues.get(false), made);
    return answer(passed, haveValues.get(true), made);
  }

  /** Rows of a time of which none holds a value are no step, whatever else their trigger has. */
  private static Map<Boolean, List<Step>> byWhetherTheyHaveValues(List<Step> fresh) {
    Set<TimeKey> full =
        fresh.stream().filter(Step::hasValues).map(Step::key).collect(Collectors.toSet());
    return fresh.stream().collect(Collectors.partitioningBy(step -> full.contains(step.key())));
  }

  /** Those without values leave the state as it is. */
  private SequenceState answer(SequenceState before, List<Step> fresh, List<Row> made) {
    if (fresh.isEmpty()) {
      return before;
    }
    RawSequence raw = sequences.ofSteps(fresh);
    TimeKey last = fresh.get(fresh.size() - 1).key();
    StatefulModel.Followed followed = model.follow(before, raw, last);
    made.addAll(told.answered(fresh, followed.answers(), model.version()));
    return followed.state();
  }

  /** Also of rows of one trigger that are the same in all their cells one is enough. */
  private boolean isLate(Step step, SequenceState before, List<Step> fresh) {
    if (before != null && step.key().compareTo(before.last()) <= 0) {
      return true;
    }
    return layout.duplicates() == Duplicates.ERROR
        && !fresh.isEmpty()
        && fresh.get(fresh.size() - 1).key().equals(step.key())
        && FollowedRows.own(fresh.get(fresh.size() - 1)).equals(FollowedRows.own(step));
  }
}

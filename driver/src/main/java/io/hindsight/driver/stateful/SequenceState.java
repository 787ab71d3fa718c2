package io.hindsight.driver.stateful;

import io.hindsight.datasets.columns.RawSide.Fixed;
import io.hindsight.datasets.rows.TimeKey;
import java.util.List;

/**
 * What is kept of a sequence between its rows. Immutable.
 *
 * @param version of the model that has read them
 * @param columns fingerprint of the columns that were read
 * @param count rows that the model has read, from the one at which it began
 * @param last where the newest row stands in time; null before the first
 * @param fixed what all rows have alike
 * @param network states of the network's layers, with the fingerprint of its weights; empty where
 *     it begins anew in each window
 * @param lead of the rows before the kept ones, what the next ones are measured by: the first,
 *     those that tell the day of a series of months, and the last with the newest value of each
 *     number; none where nothing is
 * @param tail the newest rows
 */
public record SequenceState(
    String version,
    long columns,
    long count,
    TimeKey last,
    Fixed fixed,
    byte[] network,
    KeptRows lead,
    KeptRows tail) {

  /** Of a sequence of which a version has read nothing. */
  static SequenceState begin(String version, long columns, TimeKey last, Fixed fixed) {
    return new SequenceState(
        version, columns, 0, last, fixed, new byte[0], KeptRows.NONE, KeptRows.NONE);
  }

  SequenceState at(TimeKey newest) {
    return new SequenceState(version, columns, count, newest, fixed, network, lead, tail);
  }

  /** Rows before the next, as it is encoded behind them. */
  KeptRows context() {
    return lead.then(tail);
  }

  /** The last rows, at most so many. */
  KeptRows newest(int rows) {
    return tail.slice(Math.max(0, tail.size() - rows), tail.size());
  }

  /** Nothing that is fixed. */
  static final Fixed NOTHING_FIXED = new Fixed(List.of(), List.of());
}

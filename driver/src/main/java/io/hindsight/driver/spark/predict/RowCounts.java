package io.hindsight.driver.spark.predict;

import io.hindsight.driver.answer.Answer;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts rows where they are made. Spark counts a partition of the job that writes once, however
 * often its task was repeated.
 */
final class RowCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator rows;
  private final LongAccumulator unanswered;
  private final CollectionAccumulator<Integer> partitions; // that have a row
  private transient boolean told; // in a task: whether the partition is among them

  RowCounts(SparkContext context) {
    rows = context.longAccumulator("answers");
    unanswered = context.longAccumulator("sequences without an answer");
    partitions = context.collectionAccumulator("partitions with answers");
  }

  /** Counts a row, in the task of a partition. */
  void add(int partition, Answer answer) {
    if (!told) {
      partitions.add(partition);
      told = true;
    }
    rows.add(1L);
    if (answer.reason() != null) {
      unanswered.add(1L);
    }
  }

  /** All rows. */
  long rows() {
    return rows.value();
  }

  /** Rows of sequences without an answer. */
  long unanswered() {
    return unanswered.value();
  }

  /** The partitions that have rows. */
  Set<Integer> partitions() {
    return new TreeSet<>(partitions.value());
  }
}

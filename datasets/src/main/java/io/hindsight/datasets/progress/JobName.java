package io.hindsight.datasets.progress;

import io.hindsight.datasets.Excerpt;
import io.hindsight.datasets.files.ScalaValues;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Names the Spark jobs that a thread starts while it is open: Spark's user interface shows {@code
 * hindsight: read data.csv} where it would show a line of code. When it is closed the thread has
 * the description and the call site that it had before, and a job group is never touched, so what a
 * user has set stands, and cancels what it would cancel.
 */
public final class JobName implements AutoCloseable {
  /** How each name begins. */
  public static final String PREFIX = "hindsight: ";

  private static final String DESCRIPTION = "spark.job.description"; // as setJobDescription has it
  private static final String CALL_SITE = "callSite.short"; // as setCallSite has it
  private static final int LONGEST = 200; // UTF-16 units

  private final Optional<SparkContext> context;
  private final String description; // before; null if there was none
  private final String callSite; // before; null if there was none

  private JobName(Optional<SparkContext> context, String what) {
    this.context = context;
    description = context.map(some -> some.getLocalProperty(DESCRIPTION)).orElse(null);
    callSite = context.map(some -> some.getLocalProperty(CALL_SITE)).orElse(null);
    String name = PREFIX + Excerpt.line(what, LONGEST);
    set(name, name);
  }

  /** Of the jobs of a context. */
  public static JobName of(SparkContext context, String what) {
    return new JobName(Optional.of(context), what);
  }

  /** Of the jobs of this thread's session; without one nothing is named. */
  public static JobName of(String what) {
    Optional<SparkSession> session = ScalaValues.optional(SparkSession.getActiveSession());
    return new JobName(session.map(SparkSession::sparkContext), what);
  }

  private void set(String jobs, String stages) {
    context.ifPresent(
        some -> {
          some.setLocalProperty(DESCRIPTION, jobs);
          some.setLocalProperty(CALL_SITE, stages);
        });
  }

  @Override
  public void close() {
    set(description, callSite);
  }
}

package io.hindsight.datasets.progress;

import io.hindsight.datasets.ByteCount;
import io.hindsight.datasets.Count;
import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.progress.ReadCounts.Totals;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Product;
import scala.collection.Seq;

/**
 * Tells every few seconds how much of a table has been read: what finished tasks have counted, and
 * what those that run tell of themselves with each heartbeat, which is every ten seconds if nothing
 * else is set. A table that is read sooner gets no line.
 */
public final class ReadProgress extends SparkListener implements AutoCloseable {
  private static final long INTERVAL = 10_000_000_000L; // ns
  private static final double NANOS = 1e9; // in a second
  private static final int UPDATES = 1; // place in the event, whose type differs between Scalas
  private static final int TASK = 0; // places in an update
  private static final int TOLD = 3;
  private static final String BYTES = "internal.metrics.input.bytesRead";

  private final SparkContext spark;
  private final String source;
  private final ReadCounts counts;
  private final Consumer<String> lines;
  private final long interval;
  private final Map<Long, Running> running = new HashMap<>(); // by task
  private final long started = System.nanoTime();
  private long printed = started;
  private long bytes; // of finished tasks
  private volatile boolean tellsBytes = true;

  /** What a task that runs has told. */
  private record Running(Totals totals, long bytes) {
    private static final Running NOTHING = new Running(Totals.NONE, 0);

    Running plus(Running other) {
      return new Running(totals.plus(other.totals), bytes + other.bytes);
    }
  }

  private ReadProgress(
      SparkContext spark, String source, ReadCounts counts, Consumer<String> lines, long interval) {
    this.spark = spark;
    this.source = source;
    this.counts = counts;
    this.lines = lines;
    this.interval = interval;
  }

  /**
   * Watches until it is closed.
   *
   * @param source the table, for people
   * @param lines takes a line every ten seconds
   */
  public static ReadProgress watch(
      SparkContext spark, String source, ReadCounts counts, Consumer<String> lines) {
    return watch(spark, source, counts, lines, INTERVAL);
  }

  /**
   * As the other.
   *
   * @param interval between two lines at the least, ns
   */
  static ReadProgress watch(
      SparkContext spark, String source, ReadCounts counts, Consumer<String> lines, long interval) {
    ReadProgress progress = new ReadProgress(spark, source, counts, lines, interval);
    spark.addSparkListener(progress);
    return progress;
  }

  /** Tells no bytes, where Spark does not count them all. */
  public ReadProgress withoutBytes() {
    tellsBytes = false;
    return this;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    if (end.taskMetrics() != null) { // as it is of a task whose executor is lost
      bytes += end.taskMetrics().inputMetrics().bytesRead();
    }
    tell();
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Object task : ScalaValues.list((Seq<?>) update.productElement(UPDATES))) {
      Product told = (Product) task;
      Running sum = Running.NOTHING;
      for (Object accumulable : ScalaValues.list((Seq<?>) told.productElement(TOLD))) {
        sum = sum.plus(told((AccumulableInfo) accumulable));
      }
      running.put((Long) told.productElement(TASK), sum);
    }
    tell();
  }

  private Running told(AccumulableInfo info) {
    Object told = ScalaValues.optional(info.update()).orElse(null);
    if (!(told instanceof Long value)) {
      return Running.NOTHING;
    }
    boolean isBytes = ScalaValues.optional(info.name()).filter(BYTES::equals).isPresent();
    return new Running(counts.told(info.id(), value), isBytes ? value : 0);
  }

  private void tell() {
    long now = System.nanoTime();
    if (now - printed >= interval) {
      printed = now;
      lines.accept(line(now));
    }
  }

  private String line(long now) {
    Running all = new Running(counts.finished(), bytes);
    for (Running some : running.values()) {
      all = all.plus(some);
    }
    Totals totals = all.totals();
    StringBuilder line = new StringBuilder("reading ").append(source).append(": ");
    line.append(Count.of(totals.rows(), "row"));
    if (tellsBytes && all.bytes() > 0) {
      line.append(", ").append(ByteCount.text(all.bytes()));
    }
    if (totals.sequences() > 0) {
      line.append(", ").append(Count.of(totals.sequences(), "sequence")).append(" whole");
    }
    if (totals.faults() > 0) {
      line.append(", ").append(Count.of(totals.faults(), "faulty row"));
    }
    return line.append(", ").append(Math.round((now - started) / NANOS)).append(" s").toString();
  }

  @Override
  public void close() {
    if (!spark.isStopped()) {
      spark.removeSparkListener(this);
    }
  }
}

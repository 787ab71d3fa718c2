package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.placement.ShardSource;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** What a resident task runs; a plain class, so Spark cleans no closure. */
final class ResidentFunction
    implements Function2<TaskContext, Iterator<Integer>, Long>, Serializable {
  private static final long serialVersionUID = 1L;

  private final long engine;
  private final ShardSource source;

  ResidentFunction(long engine, ShardSource source) {
    this.engine = engine;
    this.source = source;
  }

  /** Serves until the engine stops, and returns how many steps the station has had. */
  @Override
  public Long apply(TaskContext context, Iterator<Integer> nothing) {
    try {
      return Stations.of(engine, source).serve();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was interrupted", killed);
    } catch (Exception failure) {
      throw new IllegalStateException("the resident task failed: " + failure, failure);
    }
  }
}

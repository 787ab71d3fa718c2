package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.step.RefusedResultException;
import java.util.function.Consumer;
import scala.Function2;
import scala.runtime.BoxedUnit;

/**
 * Takes the tasks' replies on the driver, one at a time, as they arrive.
 *
 * <p>A refusal is kept until the job has ended: thrown into Spark, it would fail the job while its
 * other tasks still run and read the step's broadcast.
 */
final class ReplyHandler<R> implements Function2<Object, R, BoxedUnit> {
  private final Consumer<R> taker;
  private RefusedResultException refusal;

  ReplyHandler(Consumer<R> taker) {
    this.taker = taker;
  }

  @Override
  public synchronized BoxedUnit apply(Object partition, R reply) {
    try {
      taker.accept(reply);
    } catch (RefusedResultException refused) {
      refusal = refusal == null ? refused : refusal;
    }
    return BoxedUnit.UNIT;
  }

  /**
   * Ends the taking.
   *
   * @throws RefusedResultException the first refusal, if there was one
   */
  synchronized void finish() {
    if (refusal != null) {
      throw refusal;
    }
  }
}

package io.hindsight.driver.engine;

import io.hindsight.driver.engine.wire.StepReply;
import io.hindsight.driver.shard.StepCollector;
import io.hindsight.driver.shard.StepOutcome;
import scala.Function2;
import scala.runtime.BoxedUnit;

/** Takes the tasks' replies on the driver, one at a time, as they arrive. */
final class ReplyHandler implements Function2<Object, StepReply, BoxedUnit> {
  private final StepCollector collector;

  ReplyHandler(StepCollector collector) {
    this.collector = collector;
  }

  @Override
  public synchronized BoxedUnit apply(Object partition, StepReply reply) {
    collector.accept(reply.result());
    return BoxedUnit.UNIT;
  }

  synchronized StepOutcome outcome() {
    return collector.outcome();
  }
}

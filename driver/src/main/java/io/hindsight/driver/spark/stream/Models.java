package io.hindsight.driver.spark.stream;

import io.hindsight.driver.stateful.StatefulModel;
import java.io.Serializable;

/** Which model answers the rows of a trigger. */
interface Models extends Serializable {
  /**
   * The model of a trigger, the same for all its rows.
   *
   * @param trigger when it began, in milliseconds since 1970; a trigger that is repeated has the
   *     same
   */
  StatefulModel of(long trigger);
}

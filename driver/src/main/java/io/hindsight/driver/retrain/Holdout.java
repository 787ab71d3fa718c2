package io.hindsight.driver.retrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.spec.Split;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest part of a window, which no weight is fitted to: from one time on, the same for every
 * sequence.
 *
 * @param validationFrom the time from which on training is watched; absent if it is not
 * @param testFrom the time from which on candidate and champion are compared
 */
record Holdout(Optional<Instant> validationFrom, Instant testFrom) {
  /** Adds it to what {@code blessing.json} tells of the holdout. */
  ObjectNode addTo(ObjectNode json) {
    json.put("validation_from", validationFrom.map(Instant::toString).orElse(null));
    return json.put("test_from", testFrom.toString());
  }

  /** As a table is divided by it. */
  Split split() {
    return Split.byDate(new Split.Dates(validationFrom.orElse(testFrom), testFrom));
  }
}

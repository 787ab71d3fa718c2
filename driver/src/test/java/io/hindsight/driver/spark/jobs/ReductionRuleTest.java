package io.hindsight.driver.spark.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.config.ReduceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionRuleTest {
  @ParameterizedTest
  @CsvSource({
    "AUTO, 500000, 16, DRIVER",
    "AUTO, 500001, 16, SLICED",
    "AUTO, 2000000000, 4, DRIVER",
    "AUTO, 2000000000, 256, SLICED",
    "DRIVER, 1000000, 256, DRIVER",
    "SLICED, 1000, 2, SLICED"
  })
  void shouldSumOnExecutorsWhatWouldDrownTheDriver(
      ReduceKind wished, long parameters, int tasks, ReduceKind expected) {
    assertEquals(expected, ReductionRule.choose(wished, parameters, tasks).kind());
  }
}

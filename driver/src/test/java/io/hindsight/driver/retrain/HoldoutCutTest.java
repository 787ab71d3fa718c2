package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.spec.PartColumn;
import io.hindsight.datasets.spec.Split;
import io.hindsight.driver.config.ConfigException;
import org.junit.jupiter.api.Test;

class HoldoutCutTest {
  @Test
  void shouldRefuseSplitsThatTellNoNewestPart() {
    assertEquals(
        "data.split.by: a retraining compares models on the newest part of its window, but a column"
            + " tells the parts of rows; use by: time or by: date",
        refusal(Split.byColumn(new PartColumn("fold", "3", "4"))));
    assertEquals(
        "data.split.test: a retraining compares models on the newest part of its window, but there"
            + " is no test part; give it a size, as 0.1 or 48",
        refusal(new Split(Split.By.TIME, 8, 0)));
  }

  private static String refusal(Split split) {
    return assertThrows(ConfigException.class, () -> HoldoutCut.of(split)).getMessage();
  }
}

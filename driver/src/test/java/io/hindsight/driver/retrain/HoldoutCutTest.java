package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.spec.PartColumn;
import io.hindsight.datasets.spec.Split;
import org.junit.jupiter.api.Test;

class HoldoutCutTest {
  @Test
  void shouldRefuseSplitsThatTellNoNewestPart() {
    assertEquals(
        "a retraining compares models on the newest part of its window, but found parts that the"
            + " column 'fold' tells (data.split); use data.split.by: time or by: date",
        refusal(Split.byColumn(new PartColumn("fold", "3", "4"))));
    assertEquals(
        "a retraining compares models on the newest part of its window, but found no test part"
            + " (data.split); give it a size in data.split.test, as 0.1 or a number of steps",
        refusal(new Split(Split.By.TIME, 8, 0)));
  }

  private static String refusal(Split split) {
    return assertThrows(DataException.class, () -> HoldoutCut.of(split)).getMessage();
  }
}

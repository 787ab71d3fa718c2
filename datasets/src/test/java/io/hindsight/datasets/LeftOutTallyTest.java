package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.LeftOut.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeftOutTallyTest {
  @Test
  void shouldTellTheSameHoweverSequencesAreDivided() {
    List<LeftOut> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Reason reason = Reason.values()[i % 3];
      all.add(new LeftOut("id-" + i, "", reason, i % 7, 9));
    }
    LeftOutTally whole = LeftOutTally.of(all);
    Collections.shuffle(all, new Random(1));
    LeftOutTally merged = new LeftOutTally();
    for (int from = 0; from < 100; from += 9) {
      merged.merge(LeftOutTally.of(all.subList(from, Math.min(100, from + 9))));
    }

    assertEquals(100, merged.size());
    assertEquals(34, merged.count(Reason.TOO_SHORT));
    assertEquals(6, merged.longest());
    assertEquals(whole.first(), merged.first());
    assertEquals("id-0", merged.first().get(0).id());
    assertEquals("id-1", merged.first(Reason.EMPTY).get(0).id());
    assertEquals(sentences(whole), sentences(merged));
  }

  private static List<String> sentences(LeftOutTally leftOut) {
    return new Omissions(200, leftOut, Optional.empty(), List.of()).sentences();
  }
}

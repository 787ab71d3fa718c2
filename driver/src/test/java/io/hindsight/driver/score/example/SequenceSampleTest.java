package io.hindsight.driver.score.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceSampleTest {
  private static SequenceList sequences(int... lengths) {
    List<Sequence> all = new ArrayList<>();
    for (int length : lengths) {
      all.add(Sequence.ofTokens("s" + all.size(), new int[length]));
    }
    return SequenceList.of(all);
  }

  @Test
  void shouldTakeAllThatFit() {
    assertArrayEquals(new int[] {0, 1, 2}, SequenceSample.of(sequences(4, 5, 6), 15));
  }

  @Test
  void shouldTakeEveryNthOfMore() {
    SequenceList many = sequences(10, 10, 10, 10, 10, 10, 10);
    assertArrayEquals(new int[] {0, 3, 6}, SequenceSample.of(many, 30));
    assertArrayEquals(new int[] {0, 4}, SequenceSample.of(many, 20));
  }

  @Test
  void shouldReadNoMoreThanIsAllowedWhereLengthsDiffer() {
    assertArrayEquals(new int[] {0, 2}, SequenceSample.of(sequences(1, 1, 5, 1, 9, 1), 9));
  }

  @Test
  void shouldTakeOneHoweverLongItIs() {
    assertArrayEquals(new int[] {0}, SequenceSample.of(sequences(100, 100), 10));
  }

  @Test
  void shouldTakeNoneOfNone() {
    assertArrayEquals(new int[0], SequenceSample.of(sequences(), 10));
  }

  @Test
  void shouldScoreTheNewestStepsThatHaveATarget() {
    double none = Sequence.NO_VALUE;
    Sequence sequence =
        Sequence.ofFeatures("s", new double[7], 7)
            .withTargets(new double[] {1, 2, none, 3, none, 4, none})
            .scoredFrom(1);
    assertEquals(7, SequenceSample.newest(sequence, 0).firstTarget());
    assertEquals(5, SequenceSample.newest(sequence, 1).firstTarget());
    assertEquals(3, SequenceSample.newest(sequence, 2).firstTarget());
    assertEquals(1, SequenceSample.newest(sequence, 3).firstTarget());
    assertEquals(1, SequenceSample.newest(sequence, 9).firstTarget());
  }
}

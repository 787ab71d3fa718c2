package io.hindsight.datasets.generators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The floors of the literature hold for the tasks as they are defined here. */
class GeneratedTaskTest {
  private static final long SEED = 42;

  @Test
  void shouldMakeEverySequenceFromSeedAndIndexAlone() {
    for (String name : GeneratedTask.NAMES) {
      GeneratedTask task = GeneratedTask.of(name, 20, 3, 2);
      Sequence one = task.sequence(SEED, 5);
      Sequence again = task.sequence(SEED, 5);

      assertEquals(name, task.name());
      assertEquals(name + "-00000005", one.id());
      assertArrayEquals(one.features(), again.features());
      assertArrayEquals(one.tokens(), again.tokens());
      assertEquals(task.input().isTokens(), one.isTokens());
      assertEquals(task.targetKind().isOfClasses(), one.classes() != null);
    }
    assertThrows(IllegalArgumentException.class, () -> GeneratedTask.of("xor", 20, 3, 2));
  }

  @Test
  void shouldGiveAddingTheErrorOfOneSixthToAnAnswerOfOne() {
    Adding task = new Adding(50);
    int count = 20_000;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      Sequence sequence = task.sequence(SEED, i);
      double sum = 0;
      int marks = 0;
      for (int t = 0; t < 50; t++) {
        marks += sequence.features()[2 * t + 1] == 1 ? (t < 25 ? 1 : 100) : 0;
        sum += sequence.features()[2 * t] * sequence.features()[2 * t + 1];
      }
      assertEquals(101, marks, "one marker in each half");
      assertEquals(sum, sequence.targets()[49], 1e-15);
      squares += (sum - 1) * (sum - 1);
    }
    assertEquals(1 / 6.0, squares / count, 0.004);
  }

  @Test
  void shouldGiveCopyTheChanceOfTheLiterature() {
    int length = 10;
    int symbols = 3;
    Sequence sequence = new Copy(length, symbols).sequence(SEED, 0);
    double entropy = 0;
    for (int t = 0; t < sequence.length(); t++) {
      entropy += sequence.classes()[t] == Copy.BLANK ? 0 : Math.log(Copy.ALPHABET);
    }

    assertEquals(
        symbols * Math.log(8) / (length + 2 * symbols), entropy / sequence.length(), 1e-15);
    assertEquals(0, sequence.firstTarget());
    for (int i = 0; i < symbols; i++) {
      assertEquals(sequence.tokens()[i], sequence.classes()[symbols + length + i]);
    }
    assertEquals(9, sequence.tokens()[symbols + length - 1]);
  }

  /** What is left of the steps without noise, repetitions and pauses is the string. */
  @Test
  void shouldCollapseToTheStringThatIsToBeFound() {
    for (int i = 0; i < 200; i++) {
      Sequence sequence = new Collapse(30).sequence(SEED, i);
      int[] left = new int[30];
      Arrays.fill(left, Sequence.NO_CLASS);
      int before = Collapse.PAUSE;
      int symbols = 0;
      for (int token : sequence.tokens()) {
        if (token == Collapse.NOISE) {
          continue;
        }
        if (token != before && token != Collapse.PAUSE) {
          left[symbols++] = token;
        }
        before = token;
      }
      assertArrayEquals(left, sequence.classes(), sequence.id());
      assertTrue(LabelString.stepsNeeded(Window.whole(sequence)) <= 30, sequence.id());
    }
  }

  @Test
  void shouldCountTheOnesOfParity() {
    Sequence sequence = new Parity(40).sequence(SEED, 3);
    int ones = 0;
    for (int t = 0; t < 40; t++) {
      ones += (int) sequence.features()[t];
      assertEquals(ones % 2, sequence.classes()[t]);
    }
    assertTrue(ones > 5 && ones < 35);
  }

  @Test
  void shouldAskForTheOrderOfTwoSymbolsInTheirPlaces() {
    int[] seen = new int[4];
    for (int i = 0; i < 400; i++) {
      Sequence sequence = new TemporalOrder(50).sequence(SEED, i);
      int order = 0;
      for (int t = 0; t < 50; t++) {
        int token = sequence.tokens()[t];
        if (token == 4 || token == 5) {
          assertTrue((t >= 5 && t < 10) || (t >= 25 && t < 30));
          order = 2 * order + token - 4;
        }
      }
      assertEquals(order, sequence.classes()[49]);
      assertEquals(49, sequence.firstTarget());
      seen[order]++;
    }
    for (int count : seen) {
      assertEquals(100, count, 30);
    }
  }

  @Test
  void shouldHaveTheEntropyOfTheEmbeddedReberGrammar() {
    EmbeddedReber task = new EmbeddedReber();
    double entropy = 0;
    long targets = 0;
    for (int i = 0; i < 20_000; i++) {
      Sequence sequence = task.sequence(SEED, i);
      entropy += choices(string(sequence)) * Math.log(2);
      targets += sequence.length();
    }
    assertEquals(0.4414, entropy / targets, 0.005);
  }

  @Test
  void shouldMakeStringsOfTheEmbeddedReberGrammar() {
    String lower = "T*V(PXT*V)*(V|PS)";
    String reber = "B(TS*X(S|X" + lower + ")|P" + lower + ")E";
    for (int i = 0; i < 500; i++) {
      String string = string(new EmbeddedReber().sequence(SEED, i));
      assertTrue(string.matches("B(T" + reber + "T|P" + reber + "P)E"), string);
    }
  }

  @Test
  void shouldPredictTheSineAhead() {
    Sequence sequence = new Sine(60, 4).sequence(SEED, 1);
    for (int t = 0; t + 4 < 60; t++) {
      assertEquals(sequence.features()[t + 4], sequence.targets()[t]);
    }
    double twoCos = (sequence.features()[0] + sequence.features()[2]) / sequence.features()[1];
    for (int t = 1; t < 59; t++) {
      assertEquals(
          twoCos * sequence.features()[t],
          sequence.features()[t - 1] + sequence.features()[t + 1],
          1e-9);
    }
  }

  @Test
  void shouldGivePersistenceOnMackeyGlassTheErrorOfTheLiterature() {
    MackeyGlass task = new MackeyGlass(500, 6);
    Map<String, Double> sums = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      Sequence sequence = task.sequence(SEED, i);
      for (int t = 0; t < 500; t++) {
        double target = sequence.targets()[t];
        double error = sequence.features()[t] - target;
        assertTrue(target > 0.2 && target < 1.5);
        sums.merge("n", 1.0, Double::sum);
        sums.merge("y", target, Double::sum);
        sums.merge("yy", target * target, Double::sum);
        sums.merge("ee", error * error, Double::sum);
      }
    }
    double mean = sums.get("y") / sums.get("n");
    double variance = sums.get("yy") / sums.get("n") - mean * mean;
    assertEquals(0.83, Math.sqrt(sums.get("ee") / sums.get("n") / variance), 0.03);
  }

  private static String string(Sequence sequence) {
    StringBuilder string = new StringBuilder();
    for (int token : sequence.tokens()) {
      string.append(EmbeddedReber.SYMBOLS.charAt(token));
    }
    int last = sequence.classes()[sequence.length() - 1];
    return string.append(EmbeddedReber.SYMBOLS.charAt(last)).toString();
  }

  /** Fair choices made in a string: the shell's symbol, and one at every branching state inside. */
  private static int choices(String string) {
    Map<Integer, String> next = Map.of(1, "T2P3", 2, "S2X4", 3, "T3V5", 4, "X3S6", 5, "P4V6");
    int choices = 1;
    int state = 1;
    for (int i = 3; state != 6; i++) {
      String arcs = next.get(state);
      state = arcs.charAt(arcs.indexOf(string.charAt(i)) + 1) - '0';
      choices++;
    }
    return choices;
  }
}

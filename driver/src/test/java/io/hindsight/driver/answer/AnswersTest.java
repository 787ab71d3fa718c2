package io.hindsight.driver.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.kernels.bptt.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersTest {
  private static final int COUNT = 43; // no multiple of eight, with or without those left out

  private final List<EncodedInput> inputs = AnswerSamples.inputs(COUNT);

  static Stream<AnsweringModel> models() {
    return Stream.of(
        AnswerSamples.changes(BpttConfig.DEFAULT),
        AnswerSamples.changes(AnswerSamples.CUT),
        AnswerSamples.classes(BpttConfig.DEFAULT),
        AnswerSamples.classes(AnswerSamples.CUT),
        AnswerSamples.bothWays(AnswerSamples.changes(BpttConfig.DEFAULT)));
  }

  /**
   * Eight sequences share a block of lanes here; there one is computed step by step, or has a block
   * to itself where it is cut or read from both ends.
   */
  @ParameterizedTest
  @MethodSource("models")
  void shouldAnswerASequenceAmongOthersAsAlone(AnsweringModel model) {
    List<Answer> alone = new ArrayList<>();
    inputs.forEach(input -> alone.addAll(AnswerSamples.answers(model, List.of(input))));

    assertEquals(alone, AnswerSamples.answers(model, inputs));
  }

  @Test
  void shouldAddAChangeToThePresentValueInItsScale() {
    AnsweringModel model = AnswerSamples.changes(BpttConfig.DEFAULT);
    Encoded first = (Encoded) inputs.get(0);
    double[] outputs = new Predictor(model.parameters()).predict(first.sequence());

    List<Answer> answers = AnswerSamples.answers(model, List.of(first));
    assertEquals(first.sequence().length(), answers.size());
    for (int t = 0; t < answers.size(); t++) {
      double x = outputs[2 * t] * 3 + 0.25 + first.series().get(2 * (t + 1));
      double change = outputs[2 * t + 1] * 0.5 - 1;
      double y = StrictMath.exp(change + StrictMath.log(first.series().get(2 * (t + 1) + 1)));
      assertEquals(List.of(x, y), answers.get(t).values());
      assertEquals(t + 1, answers.get(t).step(), "the row that is the present");
      assertEquals("t" + (t + 1), answers.get(t).time());
      assertEquals(t == 1 ? null : "t" + (t + 2), answers.get(t).targetTime());
      assertNull(answers.get(t).reason());
    }
  }

  @Test
  void shouldAnswerTheLikeliestClassAtTheLastStep() {
    AnsweringModel model = AnswerSamples.classes(BpttConfig.DEFAULT);
    Predictor predictor = new Predictor(model.parameters());
    List<Answer> answers = AnswerSamples.answers(model, inputs);

    assertEquals(COUNT, answers.size());
    for (int i = 0; i < COUNT; i++) {
      if (inputs.get(i) instanceof Encoded encoded) {
        double[] p = predictor.predict(encoded.sequence());
        double best = Arrays.stream(p).max().orElseThrow();
        String label = best == p[0] ? "blue" : best == p[1] ? "green" : "red";
        assertEquals(List.of(label, best), answers.get(i).values());
        assertEquals(encoded.sequence().length() - 1, answers.get(i).step());
      }
    }
  }

  @Test
  void shouldKeepASequenceWithoutAnAnswerInItsPlaceWithTheReason() {
    List<Answer> answers = AnswerSamples.answers(AnswerSamples.changes(BpttConfig.DEFAULT), inputs);
    List<String> ids = answers.stream().map(Answer::id).distinct().toList();
    assertEquals(inputs.stream().map(EncodedInput::id).toList(), ids);
    List<Answer> empty = answers.stream().filter(answer -> answer.reason() != null).toList();
    assertEquals(COUNT / 5, empty.size());
    for (Answer answer : empty) {
      assertEquals(Arrays.asList(null, null), answer.values());
      assertNull(answer.step());
      assertEquals("too short: 1 step where 2 are needed", answer.reason());
    }
    assertNull(empty.get(0).time());
    assertEquals("t9", empty.get(1).time());
  }

  @Test
  void shouldHoldTheSequencesOfEightBlocksAtMost() {
    List<EncodedInput> taken = new ArrayList<>();
    Iterator<EncodedInput> counted = AnswerSamples.inputs(400).stream().peek(taken::add).iterator();
    Answers answers = new Answers(AnswerSamples.changes(BpttConfig.DEFAULT), counted);

    answers.next();
    assertEquals(64, taken.stream().filter(Encoded.class::isInstance).count());
  }

  @Test
  void shouldPassOverAnyNumberOfSequencesWithoutAnAnswer() {
    List<Omitted> omitted =
        AnswerSamples.inputs(20_000).stream()
            .filter(Omitted.class::isInstance)
            .map(Omitted.class::cast)
            .toList();
    Answers answers = new Answers(AnswerSamples.classes(BpttConfig.DEFAULT), omitted.iterator());
    int rows = 0;
    for (; answers.hasNext(); rows++) {
      assertTrue(answers.next().reason().startsWith("too short"));
    }
    assertEquals(omitted.size(), rows);
    assertFalse(answers.hasNext());
    assertThrows(NoSuchElementException.class, answers::next);
  }
}

package io.hindsight.driver.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.spark.session.LocalSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatefulModelTest {
  private static final String ONE_INPUT = "data.inputs=[x]";

  @TempDir private static Path folder;
  private static LocalSession session;
  private static SteppedModels models;

  @BeforeAll
  static void open() throws IOException {
    session = LocalSession.open();
    models = new SteppedModels(folder);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static Stream<List<String>> kinds() {
    return Stream.of(
        List.of(ONE_INPUT),
        List.of(ONE_INPUT, "data.difference=true", "data.scale=log", "model.cell=gru"),
        List.of(ONE_INPUT, "training.bptt.window=6", "training.bptt.carry-state=true"),
        List.of(ONE_INPUT, "training.bptt.window=5"),
        List.of(
            ONE_INPUT,
            "training.bptt.window=7",
            "training.bptt.stride=3",
            "data.difference=true",
            "data.elapsed=true"),
        List.of(ONE_INPUT, "model.output.at=last-step", "data.min-length=4"),
        List.of(ONE_INPUT, "model.output.at=last-step", "training.bptt.window=5"),
        List.of("data.inputs=[z, x]", "data.missing=last", "data.calendar=[minute]"),
        List.of(
            "data.missing={z: last}",
            "data.difference=true",
            "training.bptt.window=4",
            "data.elapsed=true"),
        List.of("data.missing=mean", "data.elapsed=true"),
        List.of("data.missing=last", "data.scale-by=window", "data.scale-window=5"),
        List.of("data.missing=last", "data.scale-by=window", "data.scale-window=2"),
        List.of("data.missing=mean", "data.scale-by=window", "data.scale-window=2"),
        List.of(
            ONE_INPUT,
            "data.difference=true",
            "data.scale-by=window",
            "data.scale-window=4",
            "training.bptt.window=6",
            "training.bptt.stride=2"),
        List.of(
            ONE_INPUT,
            "data.categories=[kind, group]",
            "data.static=[area, group]",
            "data.horizon=2"),
        List.of(ONE_INPUT, "data.targets=[kind]", "data.target-kind=class"),
        List.of(ONE_INPUT, "data.horizon=3", "data.strategy=direct", "data.difference=true"),
        List.of(ONE_INPUT, "model.output.quantiles=[0.1, 0.5, 0.9]"),
        List.of(ONE_INPUT, "model.output.distribution=student-t", "training.bptt.window=5"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldAnswerARowAsWhereTheSequenceEndsWithIt(List<String> kind) {
    AnsweringModel of = models.model(kind, 7);
    CausalModels.require(of, "test");
    int minLength = SteppedModels.minLength(models.config(kind));
    StatefulModel model = new StatefulModel("one", of, minLength, 0);
    for (int sequence = 0; sequence < 4; sequence++) {
      List<List<Answer>> answers =
          SteppedModels.follow(model, of, sequence, 0, SteppedModels.ROWS, new byte[1][]);
      assertEquals(SteppedModels.ROWS, answers.size());
      for (int row = 0; row < SteppedModels.ROWS; row++) {
        assertAlike(SteppedModels.last(of, minLength, sequence, 0, row + 1), answers.get(row));
      }
    }
  }

  /** The number of the row is that of what is kept. */
  private static void assertAlike(List<Answer> expected, List<Answer> answers) {
    assertEquals(
        expected.stream().map(StatefulModelTest::told).toList(),
        answers.stream().map(StatefulModelTest::told).toList());
  }

  private static List<Object> told(Answer answer) {
    return Arrays.asList(
        answer.id(),
        answer.time(),
        answer.horizon(),
        answer.values(),
        answer.targetTime(),
        answer.reason());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldBeginAnewWithTheLastRowsForAnotherVersion(List<String> kind) {
    AnsweringModel first = models.model(kind, 7);
    AnsweringModel second = models.model(kind, 8);
    int minLength = SteppedModels.minLength(models.config(kind));
    for (int replay : new int[] {0, 1, 9}) {
      byte[][] state = new byte[1][];
      StatefulModel one = new StatefulModel("one", first, minLength, replay);
      SteppedModels.follow(one, first, 0, 0, 20, state);
      StatefulModel two = new StatefulModel("two", second, minLength, replay);
      List<List<Answer>> answers =
          SteppedModels.follow(two, second, 0, 20, SteppedModels.ROWS, state);
      for (int row = 20; row < SteppedModels.ROWS; row++) {
        List<Answer> expected = SteppedModels.last(second, minLength, 0, 20 - replay, row + 1);
        assertAlike(expected, answers.get(row - 20));
      }
    }
  }

  @Test
  void shouldKeepNoRowWhereNoneIsNeeded() {
    AnsweringModel of = models.model(List.of(ONE_INPUT), 7);
    byte[][] state = new byte[1][];
    SteppedModels.follow(new StatefulModel("one", of, 0, 0), of, 0, 0, 30, state);
    SequenceState kept = SequenceStateBytes.read(state[0], "s0", SteppedModels.TIMES);
    assertEquals(0, kept.tail().size());
    assertEquals(30, kept.count());
    int after30 = state[0].length;
    SteppedModels.follow(new StatefulModel("one", of, 0, 0), of, 0, 30, 40, state);
    assertEquals(after30, state[0].length);
  }

  @Test
  void shouldRefuseWhatBelongsToTheWholeSequenceIfItChanges() {
    AnsweringModel of = models.model(List.of(ONE_INPUT, "data.static=[area]"), 7);
    StatefulModel model = new StatefulModel("one", of, 0, 0);
    byte[][] state = new byte[1][];
    SteppedModels.follow(model, of, 0, 0, 3, state);
    SequenceState before = SequenceStateBytes.read(state[0], "s0", SteppedModels.TIMES);
    RawSequence other = SteppedModels.rows(of, 4, 5, 7).withId("s0");
    DataException refused =
        assertThrows(DataException.class, () -> model.follow(before, other, SteppedModels.key(6)));
    assertTrue(
        refused.getMessage().contains("must have one value in a sequence"), refused.getMessage());
  }

  @Test
  void shouldTellDamagedForeignAndNewerBytesApart() {
    AnsweringModel of = models.model(List.of(ONE_INPUT, "data.missing=last"), 7);
    byte[][] state = new byte[1][];
    SteppedModels.follow(new StatefulModel("one", of, 0, 3), of, 0, 0, 9, state);
    for (int i = 0; i < state[0].length; i++) {
      byte[] damaged = state[0].clone();
      damaged[i] ^= 1 << i % 8;
      String message = refusal(damaged);
      assertTrue(message.contains("sequence 's0'"), message);
    }
    for (int length = 0; length < state[0].length; length++) {
      refusal(Arrays.copyOf(state[0], length));
    }
    assertTrue(
        refusal("some other query's state".getBytes(StandardCharsets.UTF_8))
            .contains("none of Hindsight"));
    byte[] newer = state[0].clone();
    ByteBuffer.wrap(newer).putInt(4, 2);
    assertTrue(refusal(newer).contains("reads version 1"));
    DataException other =
        assertThrows(
            DataException.class, () -> SequenceStateBytes.read(state[0], "s0", "timestamp"));
    assertTrue(other.getMessage().contains("timestamp after string"), other.getMessage());
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(
            ModelException.class, () -> SequenceStateBytes.read(bytes, "s0", SteppedModels.TIMES))
        .getMessage();
  }

  @Test
  void shouldRefuseModelsThatMustKnowMore() {
    List<List<String>> kinds =
        List.of(
            List.of(ONE_INPUT, "model.bidirectional=true", "model.output.at=last-step"),
            List.of(ONE_INPUT, "data.scale-by=sequence"),
            List.of(
                "data.missing=last",
                "data.difference=true",
                "data.scale-by=window",
                "data.scale-window=5"),
            List.of(ONE_INPUT, "data.horizon=3", "data.strategy=recursive", "data.inputs=[y]"),
            List.of("data.inputs=null", "data.past=[y]", "data.future=[x]"));
    List<String> told = new ArrayList<>();
    for (List<String> kind : kinds) {
      AnsweringModel model = models.model(kind, 7);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> CausalModels.require(model, "models/m"));
      assertTrue(refused.getMessage().contains("SequenceModel"), refused.getMessage());
      told.add(refused.getMessage());
    }
    assertTrue(told.get(0).contains("bidirectional"));
    assertTrue(told.get(1).contains("scale-by: sequence"));
    assertTrue(told.get(2).contains("scale-by: window of changes"));
    assertTrue(told.get(3).contains("recursive"));
    assertTrue(told.get(4).contains("data.future"));
  }
}

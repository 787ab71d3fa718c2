package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sequence never stops the others. */
class SelectionTest {
  private static final String HEAD = "id,t,x";
  private static final String[] LONG = {HEAD, "a,1,1", "a,2,4", "a,3,9", "c,1,2", "c,2,5", "c,3,7"};

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldLeaveOutASequenceOfOneStepAndTrainOnTheOthersAsWithoutIt() {
    EncodedData without = fit(csv(LONG));
    EncodedData with = fit(csv(plus(LONG, "b,1,900", "d,1,900")));

    assertEquals(without.fingerprint(), with.fingerprint());
    assertEquals(without.encoding(), with.encoding());
    assertTrue(without.omissions().leftOut().isEmpty());
    assertEquals(List.of("b", "d"), with.omissions().firstIds());
    assertEquals(4, with.omissions().read());
    assertEquals(
        new LeftOut("b", "1", Reason.TOO_SHORT, 1, 2), with.omissions().leftOut().first().get(0));
    assertEquals(
        List.of("left out 2 of 4 sequences with fewer than 2 steps (data.min-length): b, d"),
        with.omissions().sentences());
  }

  /** N values give N − h targets, and one fewer with differences. */
  @Test
  void shouldKeepASequenceOfJustEnoughSteps() {
    TableSpec spec = Tables.withHorizon(csv(plus(LONG, "b,1,1", "b,2,2")), 2);
    EncodedData data = fit(spec);

    assertEquals(List.of("a", "c"), ids(data.training()));
    assertEquals(3, data.omissions().leftOut().first().get(0).needed());
    EncodedData changes =
        fit(Tables.withScale(csv(plus(LONG, "b,1,1", "b,2,2")), Scale.NONE, true));
    assertEquals(List.of("a", "c"), ids(changes.training()));
    assertEquals(List.of("a", "b", "c"), ids(fit(csv(plus(LONG, "b,1,1", "b,2,2"))).training()));
  }

  @Test
  void shouldLeaveOutWhatIsShorterThanMinLength() {
    TableSpec spec = csv(plus(LONG, "b,1,1", "b,2,2"));

    assertEquals(List.of("a", "c"), ids(fit(Tables.withMinLength(spec, 3)).training()));
    assertEquals(List.of("a", "b", "c"), ids(fit(Tables.withMinLength(spec, 2)).training()));
    assertEquals(List.of("a", "b", "c"), ids(fit(Tables.withMinLength(spec, 1)).training()));
    Encoding known = fit(spec).encoding();
    assertEquals(
        List.of("b"),
        DataReader.applyUnsplit(Tables.withMinLength(spec, 3), known, 1, 1).omissions().firstIds());
    assertEquals(
        List.of("b"),
        DataReader.inputs(Tables.withMinLength(spec, 3), known, 1).omissions().firstIds());
  }

  @Test
  void shouldTellOfEachSequenceWhyItIsNotAnsweredToEvenIfNoneIs() {
    Encoding known = fit(csv(LONG)).encoding();
    TableSpec spec = Tables.withMinLength(csv("id,t,x", "a,1,1", "b,1,2"), 2);

    for (TableSpec none : List.of(spec, csv("id,t,x", "a,1,", "a,2,", "b,1,"))) {
      EncodedInputs inputs = DataReader.inputs(none, known, 1);

      assertEquals(0, inputs.sequences().size());
      assertEquals(List.of("a", "b"), inputs.each().stream().map(EncodedInput::id).toList());
      assertEquals(List.of("a", "b"), inputs.omissions().firstIds());
    }
  }

  @Test
  void shouldLeaveOutEmptyArrays() {
    String one = "{\"id\":\"a\",\"x\":[1,2],\"y\":[1,2]}";
    TableSpec spec =
        json(one, "{\"id\":\"b\",\"x\":[],\"y\":[]}", "{\"id\":\"c\",\"x\":null,\"y\":[1]}");
    EncodedData data = fit(spec);

    assertEquals(fit(json(one)).fingerprint(), data.fingerprint());
    assertEquals(List.of("b", "c"), data.omissions().firstIds());
    EncodedInputs inputs = DataReader.inputs(spec, data.encoding(), 1);
    assertEquals(List.of("a"), ids(inputs.sequences()));
    assertEquals(
        "too short: 0 steps where 1 are needed", inputs.omissions().leftOut().first().get(0).why());
  }

  @Test
  void shouldLeaveOutSequencesWithoutTargetsInTheLongLayout() {
    String[] lines = {"id,t,x,y", "a,1,1,0", "a,2,2,1", "b,1,1,", "b,2,2,", "c,1,3,1", "c,2,4,0"};
    for (TargetKind kind : List.of(TargetKind.VALUE, TargetKind.CLASS, TargetKind.MULTILABEL)) {
      TableSpec spec = Tables.withColumns(csv(lines), List.of("x"), List.of("y"), kind);
      EncodedData data = fit(Tables.withHorizon(spec, 0));

      assertEquals(List.of("a", "c"), ids(data.training()), kind.name());
      assertEquals(1, data.omissions().count(Reason.EMPTY));
      assertEquals(3, DataReader.inputs(spec, data.encoding(), 1).sequences().size());
    }
  }

  @Test
  void shouldTakeNoLabelAtAllForAnEmptyString() {
    String[] lines = {"id,t,x,y", "a,1,1,", "a,2,2,p", "b,1,1,", "b,2,2,", "c,1,3,q", "c,2,4,p"};
    TableSpec spec =
        Tables.withColumns(csv(lines), List.of("x"), List.of("y"), TargetKind.LABEL_STRING);
    TableSpec nested =
        Tables.withColumns(
            json(
                "{\"id\":\"a\",\"x\":[1,2],\"y\":[\"p\"]}",
                "{\"id\":\"b\",\"x\":[1,2],\"y\":[]}",
                "{\"id\":\"c\",\"x\":[3,4],\"y\":[\"q\",\"p\"]}"),
            List.of("x"),
            List.of("y"),
            TargetKind.LABEL_STRING);
    for (TableSpec table : List.of(spec, nested)) {
      TableSpec now = Tables.withHorizon(table, 0);
      EncodedData data = fit(now);
      assertEquals(List.of("a", "b", "c"), ids(data.training()));
      assertEquals(List.of(1, 0, 2), data.training().stream().map(this::labels).toList());
      assertEquals(3, data.outputs());
    }
  }

  private int labels(Sequence sequence) {
    return LabelString.length(Window.whole(sequence));
  }

  @Test
  void shouldLeaveOutSequencesWithoutTargetsInTheNestedLayout() {
    for (String none : List.of("null", "[]", "[null,null]")) {
      TableSpec spec =
          json(
              "{\"id\":\"a\",\"x\":[1,2],\"y\":[1,2]}",
              "{\"id\":\"b\",\"x\":[3,4],\"y\":" + none + "}");
      assertEquals(List.of("b"), fit(spec).omissions().firstIds(), none);
    }
    TableSpec labels =
        Tables.withColumns(
            json(
                "{\"id\":\"a\",\"x\":[1,2],\"y\":\"cat\"}",
                "{\"id\":\"b\",\"x\":[3,4],\"y\":null}",
                "{\"id\":\"c\",\"x\":[5],\"y\":\"dog\"}"),
            List.of("x"),
            List.of("y"),
            TargetKind.CLASS);
    assertEquals(List.of("a", "c"), ids(fit(labels).training()));
  }

  /** A forecast reads what it predicts: a series without a value has neither. */
  @Test
  void shouldLeaveOutASeriesWithoutAnyValue() {
    TableSpec spec = csv(plus(LONG, "b,1,", "b,2,", "b,3,"));
    for (TableSpec one : List.of(spec, Tables.withScale(spec, Scale.NONE, true))) {
      EncodedData data = fit(one);
      assertEquals(List.of("a", "c"), ids(data.training()));
      EncodedInputs inputs = DataReader.inputs(one, data.encoding(), 1);
      assertEquals(List.of("a", "c"), ids(inputs.sequences()));
      assertEquals(
          new LeftOut("b", "3", Reason.EMPTY, 3, 3), inputs.omissions().leftOut().first().get(0));
    }
  }

  @Test
  void shouldStillRefuseASequenceThatLacksSomeOfItsValues() {
    assertMentions(
        refused(csv(plus(LONG, "b,1,1", "b,2,", "b,3,"))),
        "must not be missing",
        "data row 8, column x");
    TableSpec labels =
        Tables.withColumns(
            csv("id,t,x,y", "a,1,1,p", "a,2,2,", "b,1,1,q"),
            List.of("x"),
            List.of("y"),
            TargetKind.CLASS);
    assertMentions(refused(labels), "must not be missing", "data row 2, column y");
  }

  @Test
  void shouldTrainOnConstantSequences() {
    for (Scale scale : Tables.SCALES) {
      TableSpec spec =
          Tables.withScale(csv(HEAD, "a,1,5", "a,2,5", "b,1,5", "b,2,5"), scale, false);
      EncodedData data = fit(spec);
      assertEquals(List.of("a", "b"), ids(data.training()), scale.name());
      assertTrue(Double.isFinite(data.training().get(0).targets()[0]));
    }
  }

  /** Split by time, the last targets go to the test part first: what is left may be too little. */
  @Test
  void shouldMissASequenceOnlyInThePartsThatItIsTooShortFor() {
    String[] lines = plus(LONG, "a,4,1", "a,5,1", "a,6,1", "b,1,1", "b,2,1", "c,4,1");
    EncodedData data = fit(Tables.withSplit(csv(lines), new Split(Split.By.TIME, 2, 1)));

    assertEquals(List.of("a"), ids(data.training()));
    assertEquals(List.of("a", "c"), ids(data.validation()));
    assertEquals(List.of("a", "b", "c"), ids(data.test()));
    assertTrue(data.omissions().leftOut().isEmpty());
  }

  @Test
  void shouldRefuseATableWhereNothingIsLeftAndNameTheKeyThatHelps() {
    TableSpec rows = csv(HEAD, "a,1,1", "b,1,1", "c,1,1");
    assertMentions(
        refused(rows), "must have 2 steps", "3 sequences of at most 1 step", "data.sequence");
    assertMentions(
        refused(Tables.withMinLength(csv(LONG), 10)),
        "must have 10 steps",
        "2 sequences of at most 3 steps",
        "data.min-length");
    assertMentions(refused(Tables.withHorizon(csv(LONG), 7)), "must have 8 steps", "data.horizon");
    TableSpec two = csv(HEAD, "a,1,1", "a,2,1");
    DataException changes = refused(Tables.withScale(two, Scale.NONE, true));
    assertMentions(
        changes, "must have 3 steps", "1 sequence of at most 2 steps", "difference: false");
    assertFalse(changes.getMessage().contains("horizon"));
    assertMentions(
        refused(csv(HEAD, "a,1,1", "b,1,", "b,2,")),
        "1 sequence of at most 1 step, and 1 sequence without values");
    assertMentions(
        refused(csv(HEAD, "b,1,", "b,2,")), "1 sequence without", "columns [x] and [x]", "fill in");
    Encoding known = fit(csv(LONG)).encoding();
    TableSpec none = csv(HEAD, "a,1,1", "b,1,1");
    assertMentions(
        assertThrows(DataException.class, () -> DataReader.applyUnsplit(none, known, 1, 1)),
        "2 sequences of at most 1 step");
  }

  @Test
  void shouldListTheFirstTenIdsAndCountTheRest() {
    String[] rows =
        IntStream.range(10, 33).mapToObj(i -> "b%d,1,1".formatted(i)).toArray(String[]::new);
    Omissions omissions = fit(csv(plus(LONG, rows))).omissions();

    assertEquals(10, omissions.firstIds().size());
    assertEquals(23, omissions.leftOut().size());
    assertMentions(
        omissions.sentences().get(0), "23 of 25 sequences", "b10, b11", "b19 and 13 more");
  }

  @Test
  void shouldGiveInputsOfWhatCanBeAnsweredTo() {
    Encoding known = fit(csv(LONG)).encoding();
    EncodedInputs inputs = DataReader.inputs(csv(plus(LONG, "b,1,8")), known, 1);

    assertEquals(List.of("a", "b", "c"), ids(inputs.sequences()));
    assertArrayEquals(new double[] {8}, inputs.sequences().get(1).features());
  }

  private EncodedData fit(TableSpec spec) {
    return DataReader.fit(spec, 1, 1);
  }

  private DataException refused(TableSpec spec) {
    return assertThrows(DataException.class, () -> fit(spec));
  }

  private static List<String> ids(List<Sequence> sequences) {
    return sequences.stream().map(Sequence::id).toList();
  }

  private static String[] plus(String[] lines, String... more) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private TableSpec csv(String... lines) {
    return Tables.csv(file(lines));
  }

  private TableSpec json(String... lines) {
    return Tables.json(file(lines));
  }

  private String file(String... lines) {
    try {
      Path file = Files.createTempFile(folder, "data", ".txt");
      Files.write(file, List.of(lines));
      return file.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertMentions(DataException refusal, String... mentioned) {
    assertMentions(refusal.getMessage(), mentioned);
  }

  private static void assertMentions(String message, String... mentioned) {
    for (String part : mentioned) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
  }
}

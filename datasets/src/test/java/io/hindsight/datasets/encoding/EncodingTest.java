package io.hindsight.datasets.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeSteps;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldComeBackFromJsonToTheSameBits() throws JsonProcessingException {
    Scaling scaling =
        new Scaling(
            List.of(
                new Scaling.Column("a[0]", Scale.STANDARDIZE, 1 / 3.0, Math.nextUp(2.0)),
                new Scaling.Column("b", Scale.LOG, -Double.MIN_VALUE, 1e300),
                new Scaling.Column("constant", Scale.MINMAX, 7, 0)));
    List<Encoding> encodings =
        List.of(
            new Encoding.Table(
                List.of("a", "b", "constant"),
                List.of("c"),
                TargetKind.CLASS,
                2,
                true,
                true,
                scaling,
                Optional.empty(),
                Optional.of(new Labels(List.of("no", "yes")))),
            new Encoding.Table(
                List.of("a", "b", "constant"),
                List.of("a", "b", "constant"),
                TargetKind.VALUE,
                1,
                false,
                false,
                scaling,
                Optional.of(scaling),
                Optional.empty()),
            new Encoding.Text(Vocabulary.of("\n \"\\é😀\u0000")),
            new Encoding.Generated("copy", 10, 3, 1, TargetKind.CLASS));
    for (Encoding encoding : encodings) {
      String text = JSON.writeValueAsString(encoding.toJson());
      assertEquals(encoding, Encoding.fromJson(JSON.readTree(text)));
    }
  }

  @Test
  void shouldKeepTheStepsOfTime() throws JsonProcessingException {
    Set<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    for (TimeSteps steps :
        List.of(
            new TimeSteps(Optional.of(TimeStep.of(TimeStep.Unit.SECONDS, 0.1)), false),
            new TimeSteps(Optional.of(TimeStep.of(TimeStep.Unit.MONTHS, 3)), true),
            new TimeSteps(Optional.of(TimeStep.ofWeekdays(days)), false),
            new TimeSteps(Optional.empty(), true),
            TimeSteps.ROWS)) {
      Encoding encoding = withSteps(steps);
      String text = JSON.writeValueAsString(encoding.toJson());
      assertEquals(encoding, Encoding.fromJson(JSON.readTree(text)));
    }
    ObjectNode json =
        withSteps(new TimeSteps(Optional.of(TimeStep.ofWeekdays(days)), false)).toJson();
    assertEquals(
        "{\"unit\":\"weekdays\",\"length\":1,\"weekdays\":[\"monday\",\"tuesday\",\"wednesday\",\"thursday\",\"friday\"]}",
        JSON.writeValueAsString(json.get("time-step")));
    json.withObject("/time-step").putArray("weekdays").add("someday");
    DataException wrong = assertThrows(DataException.class, () -> Encoding.fromJson(json));
    assertTrue(wrong.getMessage().contains("someday"), wrong.getMessage());
  }

  @Test
  void shouldReadWhatEarlierRulesFitted() {
    Encoding encoding = withSteps(TimeSteps.ROWS);
    ObjectNode json = encoding.toJson();
    assertEquals(2, Encoding.version(json));
    json.remove("version"); // as it was before there were versions
    assertEquals(1, Encoding.version(json));
    assertEquals(encoding, Encoding.fromJson(json));
  }

  @Test
  void shouldKnowWhatIsFilled() {
    Filling.Feature feature = new Filling.Feature("x", "x", MissingRule.LAST, 1 / 3.0);
    Encoding.Table filled =
        ((Encoding.Table) withSteps(TimeSteps.ROWS))
            .with(new Filling(List.of(feature), List.of("x"), true));
    ObjectNode json = filled.toJson();
    assertEquals(4, Encoding.version(json));
    assertEquals(filled, Encoding.fromJson(json));
    assertEquals(2, filled.features());
    Encoding.Table unfitted = filled.with(filled.filling().unfitted());
    assertEquals(unfitted, Encoding.fromJson(unfitted.toJson()));
    refuse(json, spoilt -> spoilt.put("version", 3), "'version'");
    refuse(json, spoilt -> spoilt.putArray("filling"), "in their order");
    refuse(json, spoilt -> feature(spoilt).put("number", "y"), "in their order");
    refuse(json, spoilt -> feature(spoilt).put("column", "y"), "of columns of 'inputs'");
    refuse(json, spoilt -> feature(spoilt).put("mean", Double.NaN), "finite means");
    refuse(json, spoilt -> feature(spoilt).put("missing", "first"), "'missing'");
    refuse(json, spoilt -> feature(spoilt).put("missing", "error"), "that may be missing");
    refuse(json, spoilt -> spoilt.putArray("indicators").add("y"), "that may be missing");
    refuse(json, spoilt -> spoilt.putArray("indicators").add("x").add("x"), "each once");
    refuse(json, spoilt -> spoilt.remove("indicators"), "'indicators'");
  }

  @Test
  void shouldKnowTheLevelsOfCountsAndTheTransformOfTargets() {
    Scaling.Column count = new Scaling.Column("x", Scale.COUNT, 0, 1 / 3.0);
    Encoding.Table counts = withTargets(count);
    ObjectNode json = counts.toJson();
    assertEquals(5, Encoding.version(json));
    assertEquals(counts, Encoding.fromJson(json));
    assertEquals(List.of(1 / 3.0), counts.countLevels());
    refuse(json, spoilt -> spoilt.put("version", 4), "'version'");
    refuse(json, spoilt -> target(spoilt).put("divisor", 0), "a divisor above 0 for counts");
    refuse(json, spoilt -> target(spoilt).put("shift", 1), "a divisor above 0 for counts");
    refuse(json, spoilt -> target(spoilt).put("log1p", true), "no counts or inputs");
    for (Transform transform : List.of(Transform.LOG1P, new Transform.BoxCox(1 / 3.0))) {
      Encoding.Table power =
          withTargets(new Scaling.Column("x", Scale.STANDARDIZE, 1, 2, transform));
      ObjectNode written = power.toJson();
      assertEquals(5, Encoding.version(written));
      assertEquals(power, Encoding.fromJson(written));
      assertEquals(List.of(), power.countLevels());
      refuse(written, spoilt -> target(spoilt).put("scale", "log"), "transformed once");
      refuse(written, spoilt -> target(spoilt).put("log1p", false), "'log1p'");
      refuse(
          written,
          spoilt -> ((ObjectNode) target(spoilt).without("log1p")).put("box-cox", -1),
          "'box-cox'");
    }
  }

  private static Encoding.Table withTargets(Scaling.Column column) {
    Encoding.Table plain = (Encoding.Table) withSteps(TimeSteps.ROWS);
    Optional<Scaling> targets = Optional.of(new Scaling(List.of(column)));
    return plain.with(plain.inputScaling(), targets, plain.filling());
  }

  private static ObjectNode target(ObjectNode json) {
    return (ObjectNode) json.get("target-scaling").get(0);
  }

  private static ObjectNode feature(ObjectNode json) {
    return (ObjectNode) json.get("filling").get(0);
  }

  private static Encoding withSteps(TimeSteps steps) {
    Scaling scaling = Scaling.unfitted(List.of("x"), Scale.NONE);
    return new Encoding.Table(
        List.of("x"),
        List.of("x"),
        TargetKind.VALUE,
        Horizon.of(1),
        false,
        false,
        scaling,
        Optional.of(scaling),
        Optional.empty(),
        steps,
        SideEncoding.NONE,
        Filling.NONE,
        ScaleBy.TABLE);
  }

  @Test
  void shouldKeepRecursiveForecastsOfInputsThatAreTargets() throws JsonProcessingException {
    Encoding read = recursive("x");
    assertEquals(read, Encoding.fromJson(JSON.readTree(read.toJson().toString())));
    ObjectNode unknown = recursive("y").toJson();
    DataException e = assertThrows(DataException.class, () -> Encoding.fromJson(unknown));
    assertTrue(e.getMessage().contains("recursive reads values that are targets"), e.getMessage());
  }

  private static Encoding recursive(String target) {
    return new Encoding.Table(
        List.of("x"),
        List.of(target),
        TargetKind.VALUE,
        new Horizon(3, Horizon.Strategy.RECURSIVE),
        false,
        false,
        Scaling.unfitted(List.of("x"), Scale.NONE),
        Optional.of(Scaling.unfitted(List.of(target), Scale.NONE)),
        Optional.empty(),
        TimeSteps.ROWS,
        SideEncoding.NONE,
        Filling.NONE,
        ScaleBy.TABLE);
  }

  @Test
  void shouldKeepWindowsOfRows() throws JsonProcessingException {
    Encoding read = windows(new Horizon(3, Horizon.Strategy.DIRECT), List.of());
    ObjectNode json = read.toJson();
    assertEquals(read, Encoding.fromJson(JSON.readTree(json.toString())));
    assertEquals(7, Encoding.version(json));
    refuse(json, other -> other.put("version", 6), "7 with numbers that are scaled by windows");
    refuse(json, other -> other.put("scale-window", 1), "2 or more rows");
    refuse(json, other -> other.remove("scale-window"), "'scale-window'");
    refuse(json, other -> other.put("scale-by", "sequence"), "else absent");
    refuse(json, other -> other.remove("scale-by"), "else absent");
    Horizon recursive = new Horizon(3, Horizon.Strategy.RECURSIVE);
    assertEquals(7, Encoding.version(windows(recursive, List.of()).toJson()));
    ObjectNode future = windows(recursive, List.of("z")).toJson();
    DataException e = assertThrows(DataException.class, () -> Encoding.fromJson(future));
    assertTrue(e.getMessage().contains("one that the inputs allow"), e.getMessage());
  }

  private static Encoding windows(Horizon horizon, List<String> future) {
    List<String> columns = new ArrayList<>(List.of("x"));
    columns.addAll(future);
    return new Encoding.Table(
        List.of("x"),
        List.of("x"),
        TargetKind.VALUE,
        horizon,
        false,
        false,
        Scaling.unfitted(columns, Scale.ROBUST),
        Optional.of(Scaling.unfitted(List.of("x"), Scale.ROBUST)),
        Optional.empty(),
        TimeSteps.ROWS,
        SideEncoding.NONE.withFuture(future),
        Filling.NONE,
        ScaleBy.window(28));
  }

  @Test
  void shouldWriteNumbersAlikeOnEveryJdk() throws JsonProcessingException {
    Scaling scaling = new Scaling(List.of(new Scaling.Column("x", Scale.MINMAX, -0.0, 2e23)));
    Encoding encoding =
        new Encoding.Table(
            List.of("x"),
            List.of("x"),
            TargetKind.VALUE,
            1,
            false,
            false,
            scaling,
            Optional.of(scaling),
            Optional.empty());
    String text = JSON.writeValueAsString(encoding.toJson());

    assertTrue(
        text.contains("\"shift\":-0.0,\"divisor\":2E+23"), text); // JDK 17: 2.0000000000000003E23
    assertEquals(encoding, Encoding.fromJson(JSON.readTree(text)));
  }

  @Test
  void shouldNameTheFieldThatIsWrong() {
    ObjectNode json = new Encoding.Text(Vocabulary.of("ab")).toJson();
    json.remove("vocabulary");

    DataException missing = assertThrows(DataException.class, () -> Encoding.fromJson(json));
    assertTrue(missing.getMessage().contains("'vocabulary'"), missing.getMessage());
    json.put("kind", "image");
    DataException unknown = assertThrows(DataException.class, () -> Encoding.fromJson(json));
    assertTrue(unknown.getMessage().contains("\"image\""), unknown.getMessage());
  }

  @Test
  void shouldRefuseFieldsThatContradictEachOther() {
    ObjectNode text = new Encoding.Text(Vocabulary.of("ab")).toJson();
    refuse(text, json -> json.put("vocabulary", ""), "one or more characters");
    refuse(text, json -> json.put("vocabulary", "ba"), "ascending order");
    refuse(text, json -> json.put("vocabulary", "abb"), "each once");
    ObjectNode task = new Encoding.Generated("copy", 10, 3, 0, TargetKind.CLASS).toJson();
    refuse(task, json -> json.put("name", "paste"), "paste");
    refuse(task, json -> json.put("length", 0), "at least 1");
    refuse(task, json -> json.put("target-kind", "value"), "must be class for the task copy");
    refuse(task, json -> json.put("target-kind", "multilabel"), "must be class");
    ObjectNode table = withSteps(TimeSteps.ROWS).toJson();
    refuse(table, json -> json.put("horizon", -1), "'horizon'");
    refuse(table, json -> json.put("version", 0), "a number from 1 to 7");
    refuse(table, json -> json.put("version", 8), "a number from 1 to 7");
    refuse(table, json -> json.put("version", 1.5), "'version'");
    refuse(table, json -> json.put("version", "2"), "'version'");
    refuse(table, json -> json.put("target-kind", "class"), "'labels'");
    refuse(table, json -> json.putArray("labels").add("a"), "'labels'");
    refuse(table, json -> json.remove("target-scaling"), "'target-scaling'");
    refuse(table, json -> json.putArray("input-scaling"), "columns of 'inputs', [x]");
    refuse(table, json -> json.putArray("inputs").add("y"), "columns of 'inputs', [y]");
    refuse(table, json -> column(json).put("divisor", -1), "no divisor below 0");
    refuse(table, json -> column(json).put("shift", Double.POSITIVE_INFINITY), "finite");
  }

  @Test
  void shouldKeepWhatIsMadeOfTimes() {
    TimeInputs inputs =
        new TimeInputs(
            Frequency.of("15min"),
            Gaps.MASK,
            Optional.of(TimeStep.of(TimeStep.Unit.SECONDS, 900)),
            List.of(CalendarField.HOUR, CalendarField.HOLIDAY),
            List.of(LocalDate.of(2025, 12, 25)),
            ZoneId.of("Europe/Berlin"));
    Encoding encoding = withSteps(TimeSteps.ROWS.with(inputs));
    assertEquals(1 + 1 + 1 + 2 + 1, encoding.input().features());
    ObjectNode json = encoding.toJson();
    assertEquals(encoding, Encoding.fromJson(json));
    refuse(json, other -> other.put("version", 3), "or inputs of the time");
    refuse(json, other -> made(other).put("frequency", "auto"), "a frequency");
    refuse(json, other -> made(other).put("gaps", "fill"), "one of its known values");
    refuse(json, other -> made(other).putArray("calendar").add("era"), "fields of the calendar");
    refuse(json, other -> made(other).putArray("holidays").add("25.12."), "dates");
    refuse(json, other -> made(other).put("zone", "Berlin"), "a time zone");
  }

  private static ObjectNode made(ObjectNode json) {
    return (ObjectNode) json.get("time-inputs");
  }

  @Test
  void shouldRefuseClassesThatAreNoneOrTwice() {
    ObjectNode json = withSteps(TimeSteps.ROWS).toJson().put("target-kind", "class");
    json.remove("target-scaling");
    refuse(json, classes -> classes.putArray("labels"), "one or more");
    refuse(json, classes -> classes.putArray("labels").add("a").add("a"), "each once");
  }

  private static ObjectNode column(ObjectNode json) {
    return (ObjectNode) json.get("input-scaling").get(0);
  }

  private static void refuse(ObjectNode sound, Consumer<ObjectNode> spoil, String told) {
    ObjectNode json = sound.deepCopy();
    spoil.accept(json);
    DataException refusal = assertThrows(DataException.class, () -> Encoding.fromJson(json));
    assertTrue(refusal.getMessage().contains(told), refusal.getMessage());
  }

  @Test
  void shouldOrderLabelsByValueIfAllAreNumbers() {
    assertEquals(List.of("2", "9", "10"), Labels.of(List.of("10", "9", "2", "9")).names());
    assertEquals(List.of("10", "9", "x"), Labels.of(List.of("x", "9", "10")).names());
    assertEquals(-1, Labels.of(List.of("a")).indexOf("b"));
  }

  @Test
  void shouldScaleToZeroMeanAndUnitVarianceOrToTheUnitInterval() {
    List<Readings> rows = List.of(read(1, 7, 5, 7), read(3, 7));

    Scaling standard = Scaling.unfitted(List.of("x", "constant"), Scale.STANDARDIZE).fit(rows);
    assertEquals(3, standard.column(0).shift());
    assertEquals(Math.sqrt(8 / 3.0), standard.column(0).divisor());
    assertEquals(new Scaling.Column("constant", Scale.STANDARDIZE, 7, 0), standard.column(1));
    Scaling range = Scaling.unfitted(List.of("x", "constant"), Scale.MINMAX).fit(rows);
    assertEquals(0.5, range.column(0).normalize(3));
    assertEquals(3, range.column(0).denormalize(0.5));
  }

  @Test
  void shouldScaleToTheSameBitsInAnyOrder() {
    Random random = new Random(5);
    List<Readings> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double size = Math.scalb(1.0, random.nextInt(80) - 40);
      rows.add(read(random.doubles(2 + 2 * (i % 7)).map(x -> size * (x - 0.5)).toArray()));
    }
    Scaling unfitted = Scaling.unfitted(List.of("a", "b"), Scale.STANDARDIZE);
    Scaling fitted = unfitted.fit(rows);
    for (int order = 0; order < 10; order++) {
      Collections.shuffle(rows, random);
      assertEquals(fitted, unfitted.fit(rows));
    }
  }

  @Test
  void shouldScaleWhatAlmostFillsTheDoubles() {
    double most = Double.MAX_VALUE / 2;
    Scaling unfitted = Scaling.unfitted(List.of("a", "b"), Scale.STANDARDIZE);
    Scaling.Column column = unfitted.fit(List.of(read(-most, 0, most, 1, most, 2))).column(0);

    assertEquals(most / 3, column.shift(), Math.ulp(most / 3));
    assertEquals(most / 3 * Math.sqrt(8), column.divisor(), 4 * Math.ulp(most));
    DataException refusal =
        assertThrows(DataException.class, () -> unfitted.fit(List.of(read(-most, 0, 2 * most, 1))));
    assertTrue(refusal.getMessage().contains("column a"), refusal.getMessage());
  }

  private static Readings read(double... levels) {
    return new Readings(
        "a", RowNumbers.of(levels), levels.length / 2, levels, levels.length, false);
  }
}

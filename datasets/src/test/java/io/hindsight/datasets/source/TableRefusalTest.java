package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Vocabulary;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every refusal names the rule, the value, the place and the remedy, on one line. */
class TableRefusalTest {
  @TempDir Path folder;
  private String path;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldRefuseAMissingColumnAndSuggestTheNearest() {
    TableSpec spec = csv("id,t,level", "a,1,2", "a,2,3");
    refused(
        Tables.withColumns(spec, List.of("levle"), List.of("level"), TargetKind.VALUE),
        "'levle'",
        "[id, t, level]",
        "did you mean 'level'");
    refused(
        Tables.withSource(spec, "csv", spec.location().path(), Map.of()),
        "'id'",
        "[_c0, _c1, _c2]",
        "header");
  }

  @Test
  void shouldRefuseAnUnreadableNumber() {
    refused(
        csv("id,t,x", "a,1,2", "a,2,1.2.3", "a,3,4"), "'1.2.3'", path, "data row 2", "column x");
    refused(csv("id,t,x", "a,1,2d", "a,2,1"), "must be a number", "'2d'");
    refused(csv("id,t,x", "a,1,0x1p3", "a,2,1"), "must be a number", "'0x1p3'");
  }

  @Test
  void shouldRefuseNumbersThatAreNotFinite() {
    for (String value : List.of("NaN", "nan", "Infinity", "-Infinity", "inf", "1e999")) {
      refused(csv("id,t,x", "a,1," + value, "a,2,1"), "finite", value, "data row 1", "column x");
    }
  }

  @Test
  void shouldRefuseMissingValues() {
    refused(csv("id,t,x", "a,1,1", "a,2,"), "missing", "null", "data row 2", "column x");
    refused(csv("id,t,x", "a,1,1", ",2,1"), "missing", "null", "data row 2", "column id");
    refused(csv("id,t,x", "a,1,1", "a,,1"), "missing", "null", "data row 2", "column t");
    refused(json("{\"id\":1,\"x\":[1,null],\"y\":1}"), "missing", "data row 1", "column x");
  }

  @Test
  void shouldRefuseLinesThatDoNotFitTheColumns() {
    refused(csv("id,t,x", "a,1,1", "a,2"), "well-formed csv", "'a,2'", "data row 2");
    refused(csv("id,t,x", "a,1,1", "a,2,3,14"), "well-formed csv", "'a,2,3,14'", "data row 2");
    refused(json("{\"id\":1,\"x\":[1],\"y\":[1]}", "{\"id\":2,"), "well-formed json", "data row 2");
    refused(json("id,t,x", "a,1,1"), "must hold json", path);
  }

  @Test
  void shouldRefuseTwoRowsOfOneTime() {
    refused(
        csv("id,t,x", "a,1,1", "b,2,1", "a,2,1", "a,1.0,3"),
        "one row per time",
        "of sequence 'a' twice",
        "data row 1 and",
        "data row 4");
  }

  @Test
  void shouldRefuseWhatHasNoOrderOrIsOutOfIt() {
    TableSpec spec = csv("id,t,x", "a,1,1", "a,2,2");
    refused(
        Tables.withKeys(spec, spec.names().sequence(), List.of()), "ordering column", "data.time");
    refused(csv("id,t,x", "a,1/2/1960,1", "a,2/1/1960,2"), "'1/2/1960'", "data row 1", "ISO");
    TableSpec nested = json("{\"id\":\"a\",\"t\":[1,3,2],\"x\":[1,2,3],\"y\":[1,2,3]}");
    refused(
        Tables.withKeys(nested, List.of("id"), List.of("t")),
        "must ascend",
        "2 after 3",
        "data row 1, column t, element 2");
  }

  @Test
  void shouldRefuseTimesWhoseTextDoesNotSort() {
    refused(
        csv("id,t,x", "a,1959-09,1", "a,1959-10,2", "b,1959-9,2"),
        "sorts as time does",
        "'1959-9' beside '1959-09'",
        "data row 3, column t",
        "zero-pad: 1959-09");
    refused(csv("id,t,x", "a,2020/1/5,1", "a,2020/1/15,2"), "'2020/1/15'", "zero-pad");
    refused(csv("id,t,x", "a,9:30,1", "a,10:30,2"), "'10:30'", "zero-pad");
    refused(csv("id,t,x", "a,1959,1", "a,1959-02,2"), "'1959-02'", "zero-pad");
    refused(csv("id,t,x", "a,Jan 1960,1", "a,Feb 1960,2"), "'Jan 1960'", "data row 1", "ISO");
    refused(csv("id,t,x", "a,01/1960,1", "a,02/1959,2"), "'01/1960'", "ISO");
    refused(
        csv("id,t,x", "a,2020-10-25T02:30:00+02:00,1", "a,2020-10-25T02:10:00+01:00,2"),
        "'2020-10-25T02:10:00+01:00'",
        "offset");
  }

  @Test
  void shouldRefuseEmptyDataSets() {
    refused(csv("id,t,x"), "must not be empty", path);
    refused(csv(), "must not be empty", path);
  }

  @Test
  void shouldRefuseRaggedVectorsAndArrays() {
    refused(
        json("{\"id\":\"a\",\"x\":[[1,2],[3]],\"y\":[1,1]}"),
        "width of the first, 2",
        "width of 1");
    refused(
        json("{\"id\":\"a\",\"x\":[1,2],\"y\":[1]}"), "length of x, 2", "length of 1", "column y");
  }

  @Test
  void shouldRefuseTwoRowsOfOneNestedSequence() {
    refused(
        json("{\"id\":\"a\",\"x\":[1],\"y\":[1]}", "{\"id\":\"a\",\"x\":[2],\"y\":[2]}"),
        "'a' twice",
        "data row 1 and",
        "data row 2");
  }

  @Test
  void shouldRefuseUnknownLabelsAtEvaluation() {
    EncodedData known = DataReader.fit(labelled("cat", "dog"), 1, 1);
    TableSpec other = labelled("cat", "cow");

    DataException refusal =
        assertThrows(
            DataException.class, () -> DataReader.applyUnsplit(other, known.encoding(), 1, 1));
    assertMentions(refusal, "[cat, dog]", "'cow' once", path, "sequence 's1'", "column y");
  }

  @Test
  void shouldRefuseImpossibleScalesAndLabels() {
    refused(
        Tables.withScale(csv("id,t,x", "a,1,1", "a,2,0"), Scale.LOG, false),
        "positive",
        "0.0",
        "sequence 'a', time 2, column x");
    refused(
        Tables.withColumns(
            json("{\"id\":\"a\",\"x\":[1],\"y\":[2]}"),
            List.of("x"),
            List.of("y"),
            TargetKind.MULTILABEL),
        "[0, 1]",
        "2.0",
        "column y");
    refused(Tables.withHorizon(labelled("cat", "dog"), 1), "no horizon", "data.horizon: 0");
    refused(
        Tables.withSplit(labelled("cat", "dog"), Tables.ALL), "split by id", "data.split.by: id");
  }

  @Test
  void shouldRefuseSourcesThatCannotBeRead() throws IOException {
    TableSpec spec = csv("id,t,x", "a,1,1");
    refused(
        Tables.withSource(spec, "csv", Optional.of(folder + "/nowhere.csv"), Map.of()),
        "at least one file",
        "nowhere.csv");
    refused(
        Tables.withSource(spec, "cvs", spec.location().path(), Map.of()),
        "a source that Spark knows",
        "'cvs'");
    refused(
        Tables.withSource(spec, "table", Optional.of("no_such_table"), Map.of()),
        "name a table",
        "no_such_table");
    refused(Tables.withSource(spec, "parquet", spec.location().path(), Map.of()), "readable", path);
    Path two = Files.createDirectory(folder.resolve("two"));
    Files.write(two.resolve("1.csv"), List.of("id,t,x", "a,1,1"));
    Files.write(two.resolve("2.csv"), List.of("id,x,t", "a,2,9"));
    refused(
        Tables.withSource(spec, "csv", Optional.of(two.toString()), spec.location().options()),
        "readable",
        "header");
  }

  @Test
  void shouldRefusePartsThatComeOutEmpty() {
    refused(
        Tables.withSplit(csv("id,t,x", "a,1,1", "a,2,1"), new Split(Split.By.ID, 0, 0.1)),
        "test part must not be empty",
        "0.1");
    refused(
        Tables.withSplit(csv("id,t,x", "a,1,1", "a,2,1"), new Split(Split.By.TIME, 0, 9)),
        "training part must not be empty",
        "data.split");
  }

  @Test
  void shouldRefuseAModelOfOtherData() {
    Encoding text = new Encoding.Text(Vocabulary.of("abc"));
    TableSpec spec = csv("id,t,x", "a,1,1", "a,2,1");

    DataException refusal =
        assertThrows(DataException.class, () -> DataReader.apply(spec, text, 1, 1));
    assertMentions(refusal, "trained on text");
  }

  TableSpec labelled(String... labels) {
    String[] lines = new String[labels.length];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "{\"id\":\"s%d\",\"x\":[1,2],\"y\":\"%s\"}".formatted(i, labels[i]);
    }
    return Tables.withColumns(json(lines), List.of("x"), List.of("y"), TargetKind.CLASS);
  }

  private TableSpec csv(String... lines) {
    return Tables.csv(written(lines));
  }

  private TableSpec json(String... lines) {
    return Tables.json(written(lines));
  }

  private String written(String... lines) {
    path = file(lines);
    return path;
  }

  /** A table's file, or the folder of its files. */
  String file(String... lines) {
    try {
      Path file = Files.createTempFile(folder, "data", ".txt");
      return Files.write(file, List.of(lines)).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void refused(TableSpec spec, String... mentioned) {
    assertMentions(refusal(spec), mentioned);
  }

  DataException refusal(TableSpec spec) {
    return assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
  }

  static void assertMentions(DataException refusal, String... mentioned) {
    String message = refusal.getMessage();
    assertEquals(1, message.lines().count());
    assertFalse(refusal.remedy().isEmpty());
    for (String part : mentioned) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
  }
}

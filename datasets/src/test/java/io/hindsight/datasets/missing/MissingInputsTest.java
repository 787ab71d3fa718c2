package io.hindsight.datasets.missing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read in place of inputs that are missing, by hand. */
class MissingInputsTest {
  private static final Split ALL = new Split(Split.By.TIME, 0, 0);

  @TempDir Path folder;
  private int tables;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  /**
   * What is read, the rule, the scale; cells of a column, _ for an empty one and ~ for blanks; and
   * the inputs of each step, with the indicator where there is one.
   */
  private static final List<String> CASES =
      List.of(
          "the mean of those that are there | mean none | 1 _ 3 | 1/0 2/1 3/0",
          "the mean of all that are there | mean none | 1 2 _ 6 _ | 1/0 2/0 3/1 6/0 3/1",
          "the value before | last none | 1 _ _ 4 _ | 1/0 1/1 1/1 4/0 4/1",
          "the mean before the first | last none | _ _ 1 3 | 2/1 2/1 1/0 3/0",
          "zero in original units | zero none | 5 _ 7 | 5/0 0/1 7/0",
          "NaN is missing | mean none | 1 NaN 3 | 1/0 2/1 3/0",
          "blanks are missing | last none | 1 ~ 3 | 1/0 1/1 3/0",
          "no sign where nothing is missing | mean none | 1 2 3 | 1 2 3",
          "the standardized mean is 0 | mean standardize | 1 _ 3 | -1/0 0/1 1/0",
          "the last is standardized | last standardize | 1 3 _ | -1/0 1/0 1/1",
          "zero is scaled as all are | zero standardize | 1 _ 3 | -1/0 -2/1 1/0",
          "the mean in the range | mean minmax | 0 _ 1 8 | 0/0 0.375/1 0.125/0 1/0",
          "the mean of logarithms | mean log | 1 _ 4 | -1/0 0/1 1/0",
          "the last logarithm | last log | 1 4 _ | -1/0 1/0 1/1",
          "a constant | mean standardize | 7 _ 7 | 0/0 0/1 0/0",
          "a constant that is not filled in | zero standardize | 7 _ 7 | 0/0 0/1 0/0",
          "one value is a constant | last standardize | _ 5 _ | 0/1 0/0 0/1",
          "a constant that is not scaled | mean none | 7 _ 7 | 7/0 7/1 7/0",
          "all but the first | last none | 9 _ _ _ | 9/0 9/1 9/1 9/1",
          "all of them | zero none | _ _ _ | 0/1 0/1 0/1",
          "the mean beside a robust scale | mean robust | 0 1 2 _ 3 4 | -1.349/0 -0.6745/0 0/0 0/1 0.6745/0 1.349/0",
          "the mean of log1p | mean log1p | 0 _ 3 | -1/0 0/1 1/0",
          "zero is itself in log1p | zero log1p | 0 _ 3 | -1/0 -1/1 1/0",
          "negative and large | mean none | -4e299 _ 8e300 | -4e299/0 3.8e300/1 8e300/0");

  @Test
  void shouldReadWhatIsDocumented() throws IOException {
    for (String row : CASES) {
      String[] parts = row.split(" \\| ");
      String[] words = parts[1].toUpperCase(Locale.ROOT).split(" ");
      TableSpec table = table(column("a", parts[2].split(" ")));
      MissingRules rules = MissingRules.of(MissingRule.valueOf(words[0]));
      EncodedData data =
          fit(Tables.withScale(table, Scale.valueOf(words[1]), false).with(values(rules)));
      double[] expected =
          Arrays.stream(parts[3].split("[ /]")).mapToDouble(Double::parseDouble).toArray();
      double[] features = data.training().get(0).features();
      assertEquals(expected.length, features.length, row);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], features[i], 2 * Math.ulp(expected[i]), row);
      }
      assertEquals(features.length / parts[2].split(" ").length, data.input().features(), row);
      assertEquals(data.encoding(), Encoding.fromJson(data.encoding().toJson()), row);
    }
  }

  @Test
  void shouldReadTheStandardizedMeanAsExactlyZero() throws IOException {
    String[] cells = new String[60];
    for (int t = 0; t < cells.length; t++) {
      cells[t] = t % 3 == 1 ? "_" : String.valueOf(0.1 * t * t + 1e-3 * t);
    }
    TableSpec table =
        Tables.withScale(table(column("a", cells)), Scale.STANDARDIZE, false)
            .with(values(MissingRules.of(MissingRule.MEAN)));
    double[] features = fit(table).training().get(0).features();
    for (int t = 1; t < cells.length; t += 3) {
      assertEquals(0.0, features[2 * t]);
      assertEquals(1.0, features[2 * t + 1]);
    }
  }

  @Test
  void shouldTakeDifferencesOfFilledValues() throws IOException {
    TableSpec table = table(column("a", "1", "2", "4", "_", "5", "9", "9"));
    TableSpec changes =
        Tables.withHorizon(Tables.withScale(table, Scale.NONE, true), 1)
            .with(values(MissingRules.of(MissingRule.LAST)));
    assertArrayEquals(
        new double[] {1, 0, 2, 0, 0, 1, 1, 0, 4, 0}, fit(changes).training().get(0).features());
    // Changes that are there are 1, 2 and 4: their mean is 7/3, their deviation √14 / 3.
    Encoding.Table fitted =
        (Encoding.Table)
            fit(Tables.withHorizon(Tables.withScale(table, Scale.STANDARDIZE, true), 1)
                    .with(values(MissingRules.of(MissingRule.LAST))))
                .encoding();
    assertEquals(7 / 3.0, fitted.inputScaling().column(0).shift(), 1e-15);
    assertEquals(Math.sqrt(14) / 3, fitted.inputScaling().column(0).divisor(), 1e-15);
  }

  @Test
  void shouldNeverFillFromAnotherSequence() throws IOException {
    List<String> rows = column("a", "1", "_", "5");
    rows.addAll(column("b", "_", "9", "_"));
    EncodedData data = fit(table(rows).with(values(MissingRules.of(MissingRule.LAST))));
    assertArrayEquals(new double[] {1, 0, 1, 1, 5, 0}, data.training().get(0).features());
    assertArrayEquals(new double[] {5, 1, 9, 0, 9, 1}, data.training().get(1).features());
  }

  @Test
  void shouldFollowTheRuleOfEachColumn() throws IOException {
    TableSpec table = two("1,_,_", "_,2,_", "3,_,5");
    MissingRules rules =
        new MissingRules(
            MissingRule.MEAN, new TreeMap<>(Map.of("x", MissingRule.LAST, "z", MissingRule.ZERO)));
    EncodedData data = fit(table.with(values(rules)));
    assertArrayEquals(
        new double[] {
          1, 0, 5, 0, 1, 1, // x, z, w, then whether each is missing
          1, 2, 5, 1, 0, 1,
          3, 0, 5, 0, 1, 0
        },
        data.training().get(0).features());
    MissingRules strict = MissingRules.of(Map.of("x", MissingRule.LAST, "w", MissingRule.MEAN));
    assertRefused(table.with(values(strict)), "a value must not be missing", "column z");
  }

  @Test
  void shouldRefuseAsBeforeWithoutARule() throws IOException {
    assertRefused(table(column("a", "1", "_", "3")), "a value must not be missing");
    assertRefused(table(column("a", "1", "NaN", "3")), "a number must be finite");
    assertRefused(
        table(column("a", "1", "Inf", "3")).with(values(MissingRules.of(MissingRule.MEAN))),
        "a number must be finite");
    assertRefused(
        table(column("a", "1", "none", "3")).with(values(MissingRules.of(MissingRule.MEAN))),
        "a value must be a number");
  }

  @Test
  void shouldRefuseAMeanOfNothing() throws IOException {
    TableSpec table = table(column("a", "_", "_", "_"));
    assertRefused(
        table.with(values(MissingRules.of(MissingRule.MEAN))),
        "an input must have a value in the training part",
        "column x");
    assertRefused(
        Tables.withScale(table, Scale.STANDARDIZE, false)
            .with(values(MissingRules.of(MissingRule.ZERO))),
        "a column must have a value in the training part");
  }

  @Test
  void shouldFillVectorsByTheirElements() throws IOException {
    Path path = folder.resolve("vectors.json");
    Files.writeString(
        path,
        """
        {"id": "a", "x": [[1, 10], [null, 20], [3, null]], "y": [0, 1, 2]}
        {"id": "b", "x": [[5, 30], [5, 40]], "y": [0, 1]}
        """);
    TableSpec table = Tables.json(path.toString());
    EncodedData data = fit(table.with(values(MissingRules.of(MissingRule.MEAN))));
    assertArrayEquals(
        new double[] {1, 10, 0, 3.5, 20, 1, 3, 25, 1}, data.training().get(0).features());
    assertArrayEquals(new double[] {5, 30, 0, 5, 40, 0}, data.training().get(1).features());
    Files.writeString(path, "{\"id\": \"a\", \"x\": [[1, 10], null], \"y\": [0, 1]}\n");
    assertRefused(
        table.with(values(MissingRules.of(MissingRule.MEAN))), "a value must not be missing");
  }

  @Test
  void shouldReadArraysOfNothing() throws IOException {
    Path path = folder.resolve("arrays.json");
    Files.writeString(
        path,
        """
        {"id": "a", "x": [1, 3], "y": [0, 1]}
        {"id": "b", "x": [null, null], "y": [0, 1]}
        """);
    TableSpec table = Tables.json(path.toString());
    EncodedData data = fit(table.with(values(MissingRules.of(MissingRule.MEAN))));
    assertArrayEquals(new double[] {2, 1, 2, 1}, data.training().get(1).features());
    EncodedData strict = fit(table);
    assertEquals(List.of("b"), strict.omissions().firstIds());
  }

  @Test
  void shouldDecideByTheTrainingPartAlone() throws IOException {
    Split split = new Split(Split.By.TIME, 2, 2);
    MissingValues mean = values(MissingRules.of(MissingRule.MEAN));
    TableSpec table =
        Tables.withSplit(table(column("a", "1", "2", "3", "_", "9", "_", "9")), split);
    EncodedData data = fit(table.with(mean));
    // Nothing is missing in training: no indicator, and later values are filled with its mean.
    assertArrayEquals(new double[] {1, 2, 3}, data.training().get(0).features());
    assertArrayEquals(new double[] {1, 2, 3, 2, 9}, data.validation().get(0).features());
    assertArrayEquals(new double[] {1, 2, 3, 2, 9, 2, 9}, data.test().get(0).features());
    assertEquals(
        List.of(
            "1 of 2 values of column x in the validation part missing and filled",
            "1 of 2 values of column x in the test part missing and filled"),
        data.omissions().sentences());
  }

  @Test
  void shouldNotLookAhead() throws IOException {
    Split split = new Split(Split.By.TIME, 2, 2);
    String[] cells = {"1", "_", "4", "6", "5", "_", "7", "_", "2"};
    String[] others = {"1", "_", "4", "6", "5", "_", "700", "-3", "_"};
    for (MissingRule rule : List.of(MissingRule.MEAN, MissingRule.LAST, MissingRule.ZERO)) {
      for (boolean difference : new boolean[] {false, true}) {
        List<double[]> features = new ArrayList<>();
        List<Encoding> encodings = new ArrayList<>();
        for (String[] some : List.of(cells, others)) {
          TableSpec table = Tables.withSplit(table(column("a", some)), split);
          EncodedData data =
              fit(
                  Tables.withHorizon(
                          Tables.withScale(table, Scale.STANDARDIZE, difference),
                          difference ? 1 : 0)
                      .with(values(MissingRules.of(rule))));
          Sequence training = data.training().get(0);
          features.add(training.features());
          encodings.add(data.encoding());
        }
        assertArrayEquals(features.get(0), features.get(1));
        assertEquals(encodings.get(0), encodings.get(1));
      }
    }
  }

  private static void assertRefused(TableSpec table, String... parts) {
    String message = assertThrows(DataException.class, () -> fit(table)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static EncodedData fit(TableSpec table) {
    return DataReader.fit(table, 3, 1);
  }

  private static MissingValues values(MissingRules rules) {
    return new MissingValues(rules, false);
  }

  private static List<String> column(String id, String... cells) {
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < cells.length; t++) {
      String cell = cells[t].equals("_") ? "" : cells[t].equals("~") ? "\"  \"" : cells[t];
      rows.add("%s,%d,%s,%d".formatted(id, t, cell, t + 1));
    }
    return rows;
  }

  /** Input x, and the number of the step as target of the same step; all of it training part. */
  private TableSpec table(List<String> rows) throws IOException {
    return table("id,t,x,y", rows, List.of("x"));
  }

  private TableSpec two(String... cells) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int t = 0; t < cells.length; t++) {
      rows.add("a,%d,%s,%d".formatted(t, cells[t].replace("_", ""), t));
    }
    return table("id,t,x,z,w,y", rows, List.of("x", "z", "w"));
  }

  private TableSpec table(String header, List<String> rows, List<String> inputs)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    Path path = Files.write(folder.resolve("table%d.csv".formatted(tables++)), lines);
    TableSpec table =
        Tables.withColumns(Tables.csv(path.toString()), inputs, List.of("y"), TargetKind.VALUE);
    return Tables.withSplit(Tables.withHorizon(table, 0), ALL);
  }
}

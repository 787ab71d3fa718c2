package io.hindsight.datasets.side;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoryColumnsTest {
  private static SparkSession session;
  @TempDir Path folder;
  private int files;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @Test
  void shouldNumberCategoriesFromOneInOrderOfNumbersElseOfTexts() throws IOException {
    TableSpec table =
        csv("id,t,x,shop,kind", "a,1,1,10,b", "a,2,2,9,a", "a,3,3,,B", "b,1,4,9.0,a", "b,2,5,2,b");
    EncodedData data = fit(table.with(columns(List.of("shop", "kind"), List.of())));

    SideEncoding side = side(data);
    assertEquals(List.of(of("shop", "9", "10"), of("kind", "a", "b")), side.steps());
    assertArrayEquals(new int[] {2, 2, 1, 1}, data.training().get(0).categories());
    assertArrayEquals(new int[] {1, 1}, data.training().get(1).categories());
    assertArrayEquals(new double[] {1, 2}, data.training().get(0).features());
    assertEquals(List.of(3, 3), data.input().tables().stream().map(one -> one.rows()).toList());
    assertTrue(data.input().tables().stream().noneMatch(one -> one.ofSequence()));
  }

  @Test
  void shouldReadWhatTrainingDidNotSeeAsUnknownAndCountIt() throws IOException {
    TableSpec table =
        csv("id,t,x,c", "a,1,1,p", "a,2,2,q", "a,3,3,p", "a,4,4,r", "a,5,5,", "a,6,6,p", "a,7,7,s");
    Split last = new Split(Split.By.TIME, 0, 3);
    EncodedData data = fit(Tables.withSplit(table, last).with(columns(List.of("c"), List.of())));

    assertEquals(List.of(of("c", "p", "q")), side(data).steps());
    assertArrayEquals(new int[] {1, 2, 1}, data.training().get(0).categories());
    assertArrayEquals(new int[] {1, 2, 1, 0, 0, 1}, data.test().get(0).categories());
    assertEquals(
        List.of(
            "2 of 3 categories of column c in the test part read as unknown, 1 of them missing;"
                + " first 'r' at sequence 'a', time 4, column c"),
        data.omissions().sentences());

    EncodedInputs inputs = DataReader.inputs(table, data.encoding(), 1);
    assertArrayEquals(new int[] {1, 2, 1, 0, 0, 1, 0}, inputs.sequences().get(0).categories());
    assertEquals(3, inputs.omissions().categories().get(0).unknown());
  }

  @Test
  void shouldTakeRareCategoriesForUnknown() throws IOException {
    TableSpec table = csv("id,t,x,c", "a,1,1,p", "a,2,2,q", "a,3,3,p", "a,4,4,q", "a,5,5,r");
    EncodedData data = fit(table.with(new SideColumns(List.of("c"), List.of(), 2)));

    assertArrayEquals(new int[] {1, 2, 1, 2}, data.training().get(0).categories());
    TableSpec rarer = table.with(new SideColumns(List.of("c"), List.of(), 3));
    String refusal = assertThrows(DataException.class, () -> fit(rarer)).getMessage();
    assertTrue(
        refusal.startsWith(
            "a category must occur at least 3 times in the training part (data.rare), but found 2"
                + " that do not ("),
        refusal);
  }

  @Test
  void shouldReadTextNumbersTruthAndDatesAndRefuseFractions() throws IOException {
    session
        .sql(
            "SELECT * FROM VALUES ('a', 1, 1D, true, DATE '2024-01-01', 1.0D, 3.0F, 2.00),"
                + " ('a', 2, 2D, false, DATE '2023-12-31', DOUBLE('NaN'), -3F, 2),"
                + " ('a', 3, 3D, null, null, 12345678D, 0F, 1)"
                + " AS t(id, t, x, yes, day, double, float, decimal)")
        .createOrReplaceTempView("kinds");
    TableSpec table = Tables.withSource(Tables.csv(""), "table", Optional.of("kinds"), Map.of());
    EncodedData data =
        fit(table.with(columns(List.of("yes", "day", "double", "float", "decimal"), List.of())));
    assertEquals(
        List.of(
            of("yes", "false", "true"),
            of("day", "2023-12-31", "2024-01-01"),
            of("double", "1"),
            of("float", "-3", "3"),
            of("decimal", "2")),
        side(data).steps());
    EncodedInputs inputs = DataReader.inputs(table, data.encoding(), 1);
    assertArrayEquals(
        new int[] {2, 2, 1, 2, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0},
        inputs.sequences().get(0).categories());

    session.sql("SELECT 'a' AS id, 1 AS t, 1.5D AS x").createOrReplaceTempView("kinds");
    DataException refusal =
        assertThrows(DataException.class, () -> fit(table.with(columns(List.of("x"), List.of()))));
    assertTrue(
        refusal
            .getMessage()
            .startsWith(
                "a category must be text, a whole number, a boolean or a date, but found 1.5 ("),
        refusal.getMessage());
  }

  @Test
  void shouldReadWhatIsOfAWholeSequence() throws IOException {
    TableSpec table =
        csv(
            "id,t,x,size,region,c",
            "a,1,1,10,north,u",
            "a,2,2,10,north,v",
            "a,3,3,10,north,v",
            "b,1,4,30,south,v",
            "b,2,5,30.0,south,v");
    SideColumns columns = columns(List.of("region", "c"), List.of("size", "region"));
    EncodedData plain = fit(table.with(columns));
    assertArrayEquals(new double[] {10}, plain.training().get(0).statics().features());

    EncodedData data = fit(Tables.withScale(table, Scale.STANDARDIZE, false).with(columns));
    Sequence a = data.training().get(0);
    Sequence b = data.training().get(1);
    // Each sequence counts once: mean 20, deviation 10.
    assertArrayEquals(new double[] {-1}, a.statics().features());
    assertArrayEquals(new double[] {1}, b.statics().features());
    assertArrayEquals(new int[] {1}, a.statics().categories());
    assertArrayEquals(new int[] {2}, b.statics().categories());
    assertArrayEquals(new int[] {1, 2}, a.categories());
    assertEquals(1, data.input().statics());
    assertEquals(1, data.input().stepCategories());
    assertEquals(1, data.input().sequenceCategories());
    assertEquals(data.encoding(), Encoding.fromJson(data.encoding().toJson()));
    assertEquals(3, Encoding.version(data.encoding().toJson()));
  }

  @Test
  void shouldRefuseWhatChangesInASequence() throws IOException {
    TableSpec table =
        csv("id,t,x,size,region", "b,1,1,1,n", "b,2,2,1,n", "a,2,4,6,n", "a,1,3,5,n", "a,3,5,5,s");
    DataException numbers =
        assertThrows(
            DataException.class, () -> fit(table.with(columns(List.of(), List.of("size")))));
    assertEquals(
        "a column of data.static must have one value in a sequence, but found '6.0' after '5.0'"
            + " (%s, sequence 'a', time 2, column size);".formatted(table.location().path().get())
            + " correct the value, or read the column at each step: leave it out of data.static",
        numbers.getMessage());
    DataException texts =
        assertThrows(
            DataException.class,
            () -> fit(table.with(columns(List.of("region"), List.of("region")))));
    assertTrue(texts.getMessage().contains("'s' after 'n'"), texts.getMessage());
    assertTrue(texts.getMessage().contains("sequence 'a', time 3, column region"));
  }

  @Test
  void shouldReadCategoriesAlone() throws IOException {
    TableSpec table = csv("id,t,y,c", "a,1,1,p", "a,2,2,q", "a,3,3,p");
    TableSpec alone =
        Tables.withColumns(table, List.of(), List.of("y"), TargetKind.VALUE)
            .with(columns(List.of("c"), List.of()));
    EncodedData data = fit(alone);
    assertEquals(0, data.training().get(0).width());
    assertArrayEquals(new int[] {1, 2}, data.training().get(0).categories());
    assertArrayEquals(new double[] {2, 3}, data.training().get(0).targets());
    assertEquals(0, data.input().features());
    EncodedData again = DataReader.applyUnsplit(alone, data.encoding(), 1, 1);
    assertArrayEquals(new int[] {1, 2}, again.test().get(0).categories());
  }

  @Test
  void shouldReadTheCategoriesOfTheLaterRowWithDifferences() throws IOException {
    TableSpec table = csv("id,t,x,c", "a,1,1,p", "a,2,3,q", "a,3,6,r", "a,4,10,p", "a,5,15,q");
    EncodedData data =
        fit(Tables.withScale(table, Scale.NONE, true).with(columns(List.of("c"), List.of())));
    assertArrayEquals(new double[] {2, 3, 4}, data.training().get(0).features());
    assertEquals(List.of(of("c", "p", "q", "r")), side(data).steps());
    assertArrayEquals(new int[] {2, 3, 1}, data.training().get(0).categories());
  }

  @Test
  void shouldReadArraysWhereARowHoldsASequence() throws IOException {
    TableSpec table =
        json(
            "{\"id\": \"a\", \"x\": [1, 2, 3], \"y\": [1, 2, 3], \"c\": [\"u\", null, \"v\"], \"s\": 4, \"r\": \"n\"}",
            "{\"id\": \"b\", \"x\": [4, 5], \"y\": [4, 5], \"c\": [\"v\", \"w\"], \"s\": 6}");
    SideColumns columns = columns(List.of("c", "r"), List.of("s", "r"));
    EncodedData data = fit(table.with(columns));
    assertArrayEquals(new int[] {1, 0, 2}, data.training().get(0).categories());
    assertArrayEquals(new int[] {2, 3}, data.training().get(1).categories());
    assertArrayEquals(new double[] {4}, data.training().get(0).statics().features());
    assertArrayEquals(new int[] {1}, data.training().get(0).statics().categories());
    assertArrayEquals(new int[] {0}, data.training().get(1).statics().categories());

    TableSpec alone =
        Tables.withColumns(table, List.of(), List.of("y"), TargetKind.VALUE)
            .with(columns(List.of("c"), List.of()));
    assertArrayEquals(new int[] {1, 0, 2}, fit(alone).training().get(0).categories());
  }

  @Test
  void shouldHaveAnotherFingerprintWithOtherCategories() throws IOException {
    TableSpec table = csv("id,t,x,c,d,e", "a,1,1,p,p,r", "a,2,2,q,p,q", "a,3,3,p,q,p");
    String without = fit(table).fingerprint();
    String c = fit(table.with(columns(List.of("c"), List.of()))).fingerprint();
    String d = fit(table.with(columns(List.of("d"), List.of()))).fingerprint();
    String e = fit(table.with(columns(List.of("e"), List.of()))).fingerprint();
    assertNotEquals(without, c);
    assertNotEquals(c, d);
    assertNotEquals(c, e); // the same ids of other names
  }

  private static SideColumns columns(List<String> categories, List<String> statics) {
    return new SideColumns(categories, statics, 1);
  }

  private static Categories of(String column, String... names) {
    return new Categories(column, List.of(names));
  }

  private static SideEncoding side(EncodedData data) {
    return ((Encoding.Table) data.encoding()).side();
  }

  private static EncodedData fit(TableSpec table) {
    return DataReader.fit(table, 1, 1);
  }

  private TableSpec csv(String... lines) throws IOException {
    return Tables.csv(file(".csv", lines));
  }

  private TableSpec json(String... lines) throws IOException {
    return Tables.json(file(".json", lines));
  }

  private String file(String ending, String... lines) throws IOException {
    Path path = folder.resolve("table" + files++ + ending);
    Files.write(path, List.of(lines));
    return path.toString();
  }
}

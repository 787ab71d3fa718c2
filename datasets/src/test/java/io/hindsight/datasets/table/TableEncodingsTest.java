package io.hindsight.datasets.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.TableSpec;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in UTF-16 and UTF-32: refused by name, and read with the options that are proposed. */
class TableEncodingsTest {
  private static final String CSV = "id,t,größe\na,1,1.5\na,2,2.5\nb,1,3.5\nb,2,4.5\n";
  private static final Pattern OPTIONS = Pattern.compile("\\{encoding: (\\S+), multiLine: true}");

  @TempDir private Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "x-UTF-16LE-BOM", "UTF-16LE", "UTF-16BE", "X-UTF-32LE-BOM"})
  void shouldBeReadWithTheOptionsThatTheRefusalProposes(String charset) throws IOException {
    DataException refusal = refused(csv(charset, Map.of()));
    assertTrue(refusal.value().startsWith("UTF-"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("table.csv"), refusal.getMessage());
    Matcher proposed = OPTIONS.matcher(refusal.remedy());
    assertTrue(proposed.find(), refusal.getMessage());
    Map<String, String> half = Map.of("encoding", proposed.group(1));
    assertEquals(refusal.value(), refused(csv(charset, half)).value());
    Map<String, String> options = Map.of("encoding", proposed.group(1), "multiLine", "true");
    EncodedData read = DataReader.fit(csv(charset, options), 1, 1);
    EncodedData plain = DataReader.fit(csv("UTF-8", Map.of()), 1, 1);
    assertEquals(plain.fingerprint(), read.fingerprint());
  }

  @Test
  void shouldBeConvertedWhereSparkHasNoNameForIt() throws IOException {
    DataException refusal = refused(csv("UTF-32LE", Map.of()));
    assertEquals("convert it with iconv -f UTF-32LE -t UTF-8", refusal.remedy());
  }

  @Test
  void shouldBeFoundInTheFirstFileOfAFolder() throws IOException {
    Files.createDirectories(folder.resolve("data/_hidden"));
    Files.writeString(folder.resolve("data/_hidden/0.csv"), "no table");
    Files.createFile(folder.resolve("data/0-empty.csv"));
    Path part = Files.createDirectories(folder.resolve("data/day=1")).resolve("part.csv");
    Files.write(part, CSV.getBytes(Charset.forName("UTF-16")));
    DataException refusal = refused(table(folder.resolve("data"), Map.of()));
    assertEquals(part.toString(), refusal.place());
  }

  @Test
  void shouldBeRefusedInJsonLines() throws IOException {
    Path file = folder.resolve("table.json");
    String lines = "{\"id\":1,\"x\":[1,2],\"y\":[1,2]}\n{\"id\":2,\"x\":[1,2],\"y\":[1,2]}\n";
    Files.write(file, lines.getBytes(Charset.forName("x-UTF-16LE-BOM")));
    DataException refusal = refused(Tables.json(file.toString()));
    assertEquals("UTF-16", refusal.value());
    assertEquals("convert it with iconv -f UTF-16 -t UTF-8", refusal.remedy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void shouldReadUtf8WithAByteOrderMark(String multiLine) throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "\uFEFF" + CSV);
    EncodedData marked = DataReader.fit(table(file, Map.of("multiLine", multiLine)), 1, 1);
    EncodedData plain = DataReader.fit(csv("UTF-8", Map.of()), 1, 1);
    assertEquals(plain.fingerprint(), marked.fingerprint());
  }

  private TableSpec csv(String charset, Map<String, String> options) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(file, CSV.getBytes(Charset.forName(charset)));
    return table(file, options);
  }

  private static TableSpec table(Path path, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("header", "true");
    TableSpec csv = Tables.csv(path.toString());
    List<String> column = List.of("größe");
    return Tables.withSource(
        Tables.withColumns(csv, column, column, csv.target().kind()),
        "csv",
        csv.location().path(),
        options);
  }

  private static DataException refused(TableSpec spec) {
    return assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
  }
}

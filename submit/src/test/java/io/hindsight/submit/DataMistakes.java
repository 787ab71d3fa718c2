package io.hindsight.submit;

import static io.hindsight.submit.Mistake.DATA;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Data that cannot be trained on. */
final class DataMistakes {
  private static final String CSV = "{dir}/data.csv";
  private static final String JSON = "{dir}/data.json";
  private static final String TXT = "{dir}/data.txt";
  private static final String FIX = "correct the value or remove the row";

  private DataMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(
            cells(),
            rows(),
            times(),
            sources(),
            arrays(),
            labels(),
            categories(),
            scales(),
            texts())
        .flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> cells() {
    return Stream.of(
        cell("unreadable number", "1.2.3", "'1.2.3'", FIX),
        cell("number with a unit", "3 ppm", "'3 ppm'", FIX),
        cell("NaN", "NaN", "must be finite", FIX),
        cell("infinity", "Infinity", "must be finite", FIX),
        cell("number beyond a double", "1e999", "must be finite", FIX),
        cell("empty cell", "", "must not be missing", "fill in the value or remove the row"),
        csv("missing id", ",3,1", CSV + ", data row 3, column id", "missing", "fill in"),
        csv("missing time", "a,,1", CSV + ", data row 3, column t", "missing", "fill in"));
  }

  private static Mistake cell(String title, String cell, String value, String remedy) {
    return csv(title, "a,3," + cell, CSV + ", data row 3, column x", value, remedy);
  }

  private static Stream<Mistake> rows() {
    return Stream.of(
        csv(
            "time twice",
            "a,2.0,1",
            CSV + ", data row 3",
            "time 2 of sequence 'a' twice",
            "remove one"),
        csv(
            "day before month",
            "a,3/1/1960,1",
            CSV + ", data row 3, column t",
            "'3/1/1960'",
            "ISO"),
        csv("row too long", "a,3,1,4", CSV + ", data row 3", "'a,3,1,4'", "sep and header"),
        csv("row too short", "a,3", CSV + ", data row 3", "'a,3'", "sep and header"),
        table(
            "sequences too short",
            "id,t,x\na,1,1\nb,1,1\n",
            CSV,
            "2 sequences of at most 1 step",
            "bring longer sequences"),
        table(
            "no value at all",
            "id,t,x\na,1,\na,2,\n",
            CSV + ", columns [x]",
            "1 sequence without",
            "fill in the values"),
        read(
            "no sequence of min-length",
            "horizon: 1",
            "horizon: 1\n  min-length: 999",
            "id,t,x\n" + some(),
            CSV,
            "must have 999 steps",
            "smaller data.min-length"),
        read(
            "weight below 0",
            "horizon: 1",
            "horizon: 1\n  weight: w",
            "id,t,x,w\na,1,1,1\na,2,2,-1\n",
            CSV + ", data row 2, column w",
            "a weight must be a number of 0 or more, but found -1.0",
            "write 0 to leave the target out"),
        read(
            "missing weight",
            "horizon: 1",
            "horizon: 1\n  weight: w",
            "id,t,x,w\na,1,1,1\na,2,2,\n",
            CSV + ", data row 2, column w",
            "must not be missing",
            "fill in the value"),
        table("no row", "id,t,x\n", CSV, "no rows", "check the source"),
        table("empty file", "", CSV, "no rows", "check the source"),
        table("missing column", "id,t,y\n" + some(), CSV, "'x'", "correct the column's name"),
        table("misspelt column", "id,t,X\n" + some(), CSV, "[id, t, X]", "did you mean 'X'"),
        table("no header line", some(), CSV, "'id'", "correct the column's name"),
        read(
            "header not announced",
            "options: {header: true}",
            "options: {header: false}",
            "id,t,x\n" + some(),
            CSV,
            "[_c0, _c1, _c2]",
            "header: true"),
        read(
            "nothing to train on",
            "test: 8",
            "test: 9999",
            "id,t,x\n" + some(),
            CSV,
            "training part",
            "change data.split"),
        read("no ordering column", "  time: t\n", "", "id,t,x\n" + some(), CSV, "'x'", "data.time"),
        read(
            "dates to learn from",
            "header: true",
            "header: true, inferSchema: true",
            "id,t,x\na,1,2020-01-01\na,2,2020-01-02\n",
            CSV,
            "column 'x'",
            "convert it"));
  }

  private static Stream<Mistake> times() {
    return Stream.of(
        onGrid(
            "row beside the grid",
            "frequency: 1h",
            "a,2026-01-01T05:20,6",
            "time 2026-01-01T05:20, and 2026-01-01T05:00 as the nearest step",
            "correct the time"),
        onGrid(
            "step without a row",
            "frequency: 1h\n  gaps: error",
            "a,2026-01-01T06:00,6",
            "1 step without, first 2026-01-01T05:00",
            "use data.gaps: mask"),
        onGrid(
            "a frequency that the rows do not have",
            "frequency: 1s\n  gaps: carry",
            "a,2026-01-01T06:00,6",
            "missing beside 6 rows at data.frequency: 1s",
            "use a data.frequency that the rows have"),
        onGrid(
            "plain numbers on a grid",
            "frequency: 1h",
            "a,7,6",
            "'7'",
            "name a column of dates in data.time"),
        onGrid(
            "labels of the calendar of plain numbers",
            "calendar: [hour]",
            "a,7,6",
            "'7'",
            "or leave out data.calendar"),
        onGrid(
            "no file of holidays",
            "frequency: business-day\n  holidays: no/days.txt",
            "a,2026-01-01T05:00,6",
            "no/days.txt",
            "leave data.holidays out"));
  }

  /** Five hours and one row more, of whose times something is made. */
  private static Mistake onGrid(
      String title, String keys, String row, String value, String remedy) {
    StringBuilder rows = new StringBuilder("id,t,x\n");
    for (int hour = 0; hour < 5; hour++) {
      rows.append("a,2026-01-01T0%d:00,%d\n".formatted(hour, hour));
    }
    return read(title, "horizon: 1", "horizon: 1\n  " + keys, rows + row + "\n", "", value, remedy);
  }

  private static Stream<Mistake> sources() {
    return Stream.of(
        source(
            "file not found", "csv", "{dir}/absent.csv", "at least one file", "correct the path"),
        source("folder without files", "csv", "{dir}", "must not be empty", "check the source"),
        source(
            "unknown file system",
            "csv",
            "nowhere://x/data.csv",
            "\"nowhere\"",
            "correct the scheme"),
        source(
            "file system without its package",
            "csv",
            "s3a://x/data.csv",
            "S3AFileSystem not found",
            "spark.jars.packages"),
        source("no Parquet file", "parquet", "{dir}/some.csv", "readable", "check data.format"),
        source(
            "source that is not installed",
            "avro",
            "{dir}/some.csv",
            "avro",
            "spark.jars.packages"),
        source("unknown table", "table", "no_such_table", "name a table", "check data.format"),
        source("broken archive", "csv", "{dir}/some.csv.gz", "readable", "check data.format"),
        Mistake.of(
            "files with different headers",
            DATA,
            (bench, dir) -> {
              Path data = Files.createDirectory(dir.resolve("data"));
              Workbench.file(data, "1.csv", "id,t,x\n" + some());
              Workbench.file(data, "2.csv", "id,x,t\n" + some());
              return Workbench.train(dir, Workbench.config(dir, Workbench.FORECAST, data));
            },
            "{dir}/data",
            "header",
            "check data.format, data.path and data.options"));
  }

  private static Stream<Mistake> arrays() {
    String ragged = "{\"id\":2,\"x\":[[1,2],[3]],\"kind\":\"odd\"}";
    return Stream.of(
        nested(
            "vectors of different widths",
            "{\"id\":1,\"x\":[[1,2],[3,4]],\"kind\":\"even\"}\n" + ragged,
            "data row 2, column x",
            "a width of 1",
            "equally wide"),
        nested(
            "nothing but empty sequences",
            "{\"id\":1,\"x\":[],\"kind\":\"odd\"}\n{\"id\":2,\"x\":[],\"kind\":\"even\"}",
            "data.json",
            "2 sequences of at most 0 steps",
            "bring longer sequences"),
        row(
            "null in an array",
            "{\"id\":3,\"x\":[1,null],\"kind\":\"odd\"}",
            "column x",
            "null",
            "fill in"),
        row(
            "id twice",
            "{\"id\":1,\"x\":[1],\"kind\":\"odd\"}",
            "column id",
            "'1' twice",
            "remove one of the rows"),
        row("no JSON", "{\"id\":3,\"x\":[1", "data row 3", "well-formed json", "correct the line"),
        Mistake.of(
            "times of an array out of order",
            DATA,
            (bench, dir) -> {
              String json = "{\"id\":1,\"t\":[1,3,2],\"x\":[1,2,3],\"kind\":\"odd\"}\n";
              String yaml = Workbench.CLASSES.replace("sequence: id", "sequence: id\n  time: t");
              return Workbench.train(
                  dir, Workbench.config(dir, yaml, Workbench.file(dir, "data.json", json)));
            },
            JSON + ", data row 1, column t",
            "2 after 3",
            "sort all arrays"));
  }

  private static Stream<Mistake> labels() {
    return Stream.of(
        nested(
            "no label at all",
            "{\"id\":1,\"x\":[1],\"kind\":null}\n{\"id\":2,\"x\":[1],\"kind\":null}",
            "column",
            "2 sequences without",
            "fill in the values"),
        row(
            "empty label",
            "{\"id\":3,\"x\":[1],\"kind\":\" \"}",
            "data row 3, column kind",
            "''",
            FIX),
        nested(
            "one class only",
            "{\"id\":1,\"x\":[1],\"kind\":\"odd\"}\n{\"id\":2,\"x\":[1],\"kind\":\"odd\"}",
            "column kind",
            "only 'odd'",
            "data.targets"),
        Mistake.of(
            "share beyond one",
            DATA,
            (bench, dir) -> {
              String json = "{\"id\":1,\"x\":[1],\"kind\":2}\n{\"id\":2,\"x\":[1],\"kind\":1}\n";
              String yaml =
                  Workbench.CLASSES.replace("target-kind: class", "target-kind: multilabel");
              return Workbench.train(
                  dir, Workbench.config(dir, yaml, Workbench.file(dir, "data.json", json)));
            },
            "column kind",
            "2.0",
            "target-kind: value"),
        string(
            "more labels than steps",
            "{\"id\":3,\"x\":[1,2],\"kind\":[\"odd\",\"odd\"]}",
            "sequence '3'",
            "3 for 2 labels, but found 2 steps",
            "leave the sequence out"),
        string(
            "longer array of labels than of inputs",
            "{\"id\":3,\"x\":[1,2],\"kind\":[\"a\",\"b\",\"c\"]}",
            "column kind",
            "a length of 3",
            "equally long"));
  }

  /** A string of labels beside sound ones. */
  private static Mistake string(
      String title, String third, String place, String value, String remedy) {
    String rows = "{\"id\":1,\"x\":[1,2],\"kind\":[\"odd\"]}\n{\"id\":2,\"x\":[1],\"kind\":[]}\n";
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          String yaml = Workbench.CLASSES.replace("kind: class", "kind: label-string");
          yaml = yaml.replace("at: last-step", "loss: ctc");
          yaml = yaml.replace("test: 0.25}", "validation: 0, test: 0}");
          Path data = Workbench.file(dir, "data.json", rows + third + "\n");
          return Workbench.train(dir, Workbench.config(dir, yaml, data));
        },
        place,
        value,
        remedy);
  }

  private static Stream<Mistake> categories() {
    return Stream.of(
        categories(
            "category column that is not there",
            "categories: [kind]",
            "id,t,x,c\na,1,1,u\n",
            CSV,
            "'kind'",
            "correct the column's name"),
        categories(
            "category with a fraction",
            "categories: [c]",
            "id,t,x,c\na,1,1,1\na,2,2,1.5\n",
            CSV + ", data row 2, column c",
            "1.5",
            "round it"),
        categories(
            "no category at all",
            "categories: [c]",
            "id,t,x,c\n" + withCell("", 40),
            CSV + ", column c",
            "only missing values",
            "name another column"),
        categories(
            "categories that are all rare",
            "categories: [c]\n  rare: 99",
            "id,t,x,c\n" + withCell("u", 40),
            CSV + ", column c",
            "1 that do not",
            "smaller data.rare"),
        categories(
            "static column that changes",
            "static: [c]",
            "id,t,x,c\n" + withCell("1", 40) + "a,99,1,2\n",
            "sequence 'a', time 99, column c",
            "'2.0' after '1.0'",
            "leave it out of data.static"),
        categories(
            "static text that is no category",
            "static: [c]",
            "id,t,x,c\n" + withCell("north", 40),
            CSV + ", data row 1, column c",
            "'north'",
            FIX));
  }

  private static String withCell(String cell, int rows) {
    StringBuilder lines = new StringBuilder();
    for (int t = 1; t <= rows; t++) {
      lines.append("a,%d,%d,%s\n".formatted(t, t, cell));
    }
    return lines.toString();
  }

  /** A table of whose columns one more is read. */
  private static Mistake categories(
      String title, String keys, String csv, String place, String value, String remedy) {
    String options = csv.contains("1.5") ? "header: true, inferSchema: true" : "header: true";
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          String yaml =
              Workbench.FORECAST
                  .replace("options: {header: true}", "options: {" + options + "}")
                  .replace("  time: t\n", "  time: t\n  " + keys + "\n");
          Path data = Workbench.file(dir, "data.csv", csv);
          return Workbench.train(dir, Workbench.config(dir, yaml, data));
        },
        place,
        value,
        remedy);
  }

  private static Stream<Mistake> scales() {
    return Stream.of(
        read(
            "logarithm of a negative number",
            "standardize",
            "log",
            "id,t,x\n" + some() + "a,99,-1\n",
            CSV + ", sequence 'a', time 99, column x",
            "-1.0",
            "another data.scale"),
        read(
            "spread beyond a double",
            "standardize",
            "minmax",
            "id,t,x\na,1,-1e308\na,2,1e308\n" + ConfigurationMistakes.rows("a", 3, 40),
            "column x",
            "Infinity",
            "smaller units"));
  }

  private static Stream<Mistake> texts() {
    return Stream.of(
        text("text not found", null, "{dir}/data.txt", "at least one file", "correct the path"),
        text("empty text", "", TXT, "no characters", "name a file that holds text"),
        text("text too short", "abcdef", TXT, "characters", "smaller training.batch"),
        text(
            "unknown character in validation",
            "ab\n".repeat(100) + "\u00e9",
            TXT + ":101:1",
            "U+00E9",
            "data.unknown: skip"),
        Mistake.of(
            "text is not UTF-8",
            DATA,
            (bench, dir) -> {
              byte[] latin = "na\u00efve".repeat(50).getBytes(StandardCharsets.ISO_8859_1);
              Path data = Workbench.file(dir, "data.txt", latin);
              return Workbench.train(dir, Workbench.config(dir, Workbench.TEXT, data));
            },
            TXT + ", byte 2",
            "0xEF",
            "iconv"),
        Mistake.of(
            "text in UTF-16",
            DATA,
            (bench, dir) -> {
              byte[] wide = "\uFEFFabc ".repeat(50).getBytes(StandardCharsets.UTF_16LE);
              Path data = Workbench.file(dir, "data.txt", wide);
              return Workbench.train(dir, Workbench.config(dir, Workbench.TEXT, data));
            },
            TXT,
            "UTF-16",
            "iconv -f UTF-16 -t UTF-8"),
        Mistake.of(
            "table in UTF-16, as Excel saves it",
            DATA,
            (bench, dir) -> {
              byte[] wide = ("\uFEFFid,t,x\r\n" + some()).getBytes(StandardCharsets.UTF_16LE);
              Path data = Workbench.file(dir, "data.csv", wide);
              return Workbench.train(dir, Workbench.config(dir, Workbench.FORECAST, data));
            },
            "{dir}/data.csv",
            "UTF-16",
            "data.options: {encoding: UTF-16, multiLine: true}"));
  }

  /** Sound rows of one sequence, without a header. */
  private static String some() {
    return ConfigurationMistakes.rows("a", 1, 40);
  }

  /** A table whose third data row is wrong. */
  private static Mistake csv(
      String title, String third, String place, String value, String remedy) {
    String rows = ConfigurationMistakes.rows("a", 1, 2);
    String more = ConfigurationMistakes.rows("a", 4, 40);
    return table(title, "id,t,x\n" + rows + third + "\n" + more, place, value, remedy);
  }

  private static Mistake table(
      String title, String csv, String place, String value, String remedy) {
    return read(title, "", "", csv, place, value, remedy);
  }

  /** A table that the sound configuration, with one change, does not read. */
  private static Mistake read(
      String title, String from, String to, String csv, String place, String value, String remedy) {
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          String yaml = Workbench.FORECAST.replace(from, to);
          Path data = Workbench.file(dir, "data.csv", csv);
          return Workbench.train(dir, Workbench.config(dir, yaml, data));
        },
        place,
        value,
        remedy);
  }

  private static Mistake source(
      String title, String format, String path, String value, String remedy) {
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          Workbench.file(dir, "some.csv", "id,t,x\n" + some());
          Workbench.file(dir, "some.csv.gz", "id,t,x\n" + some());
          String yaml =
              Workbench.FORECAST
                  .replace("format: csv", "format: " + format)
                  .replace(
                      "PATH",
                      path.equals("{dir}")
                          ? dir + "/empty"
                          : path.replace("{dir}", dir.toString()));
          Files.createDirectory(dir.resolve("empty"));
          return Workbench.train(dir, Workbench.file(dir, "config.yaml", yaml));
        },
        path,
        value,
        remedy);
  }

  /** A file of nested sequences whose third row is wrong. */
  private static Mistake row(
      String title, String third, String place, String value, String remedy) {
    String rows =
        "{\"id\":1,\"x\":[1,2],\"kind\":\"odd\"}\n{\"id\":2,\"x\":[1],\"kind\":\"even\"}\n";
    return nested(title, rows + third, place, value, remedy);
  }

  private static Mistake nested(
      String title, String json, String place, String value, String remedy) {
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          Path data = Workbench.file(dir, "data.json", json + "\n");
          String yaml =
              Workbench.CLASSES.replace(
                  "  split: {by: id, test: 0.25}\n", "  split: {by: id, validation: 0, test: 0}\n");
          return Workbench.train(dir, Workbench.config(dir, yaml, data));
        },
        place,
        value,
        remedy);
  }

  private static Mistake text(
      String title, String content, String place, String value, String remedy) {
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          Path data = dir.resolve("data.txt");
          if (content != null) {
            Workbench.file(dir, "data.txt", content);
          }
          return Workbench.train(dir, Workbench.config(dir, Workbench.TEXT, data));
        },
        place,
        value,
        remedy);
  }
}

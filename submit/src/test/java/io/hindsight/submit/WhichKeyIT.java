package io.hindsight.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each block of the document on keys and data trains on a table such as it speaks of, and leaves a
 * model that can be scored and used.
 */
class WhichKeyIT {
  private static final int SEQUENCES = 12;
  private static final int ROWS = 60;
  private static final int AHEAD = 7; // rows of the future
  private static final LocalDate FIRST = LocalDate.of(2026, 4, 10); // a Friday
  private static final String HEADER =
      "id,store,item,time,date,x,price,sales,temperature,wind,action,region,area,importance,label,leak,jam,promotion,severity,part";

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    TestSession.start();
  }

  static Stream<String> blocks() {
    return WhichKeyBlocks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void shouldTrainOnSuchATable(String block) throws IOException {
    boolean nested = block.contains("readings");
    Path table = nested ? sequences() : table(block);
    Path base =
        Files.writeString(
            folder.resolve("base.yaml"),
            """
            data: {format: %s, path: '%s', %s}
            model: {cell: gru, hidden: [6]}
            training: {steps: 3, batch: 12, optimizer: {type: adam, learning-rate: 1e-3}}
            """
                .formatted(
                    nested ? "json" : "csv",
                    table,
                    nested
                        ? ""
                        : "options: {header: true}, sequence: id, time: time, inputs: [x], targets: [x]"));
    Path holidays = Files.writeString(folder.resolve("holidays.txt"), "2026-05-01 # May Day\n");
    List<String> changes =
        WhichKeyBlocks.changes(block).stream()
            .map(change -> change.replace("holidays.txt", holidays.toString()))
            .toList();
    Path run = folder.resolve("run");
    FewSteps.train(base, 3, run, changes);
    FewSteps.use(run, table);
  }

  /** Counts that grow, and beside them every column that a block names, with what it speaks of. */
  private Path table(String block) throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int s = 0; s < SEQUENCES; s++) {
      String same = "s%02d,p%d,q%d".formatted(s, s / 3, s % 3);
      for (int t = 0; t < ROWS - s % 2; t++) {
        if (block.contains("gaps") && t > 0 && random.nextInt(9) == 0) {
          continue;
        }
        String row = same + row(block, s, t, random);
        lines.add(row);
        if (block.contains("duplicates") && random.nextInt(9) == 0) {
          lines.add(row);
        }
      }
    }
    if (block.contains("future")) {
      for (int s = 0; s < SEQUENCES; s++) {
        String same = "s%02d,p%d,q%d".formatted(s, s / 3, s % 3);
        for (int t = ROWS - s % 2; t < ROWS - s % 2 + AHEAD; t++) {
          lines.add(same + ofFuture(row(block, s, t, random)));
        }
      }
    }
    if (block.contains("min-length")) {
      lines.add("short,p,q" + row(block, 0, 0, random));
    }
    boolean comma = block.contains("decimal");
    return Files.writeString(
        folder.resolve("table.csv"),
        lines.stream()
            .map(line -> comma ? line.replace(',', ';').replace('.', ',') : line)
            .collect(Collectors.joining("\n")));
  }

  /** The same row without what is not known before its time. */
  private static String ofFuture(String row) {
    String[] cells = row.split(",", -1);
    cells[3] = ""; // x
    cells[5] = ""; // sales
    return String.join(",", cells);
  }

  private static String row(String block, int s, int t, Random random) {
    long x = Math.round(20 + 10 * Math.sin(t / 4.0 + s) + t + 5 * random.nextDouble());
    boolean missing = block.contains("missing") && random.nextInt(7) == 0;
    boolean rare = random.nextInt(6) == 0;
    String time = time(block, t);
    return String.format(
        Locale.ROOT,
        ",%s,%s,%s,%.2f,%s,%s,%.1f,a%d,r%d,%d,%d,%s,%d,%d,%d,%s,%s",
        time,
        time,
        block.contains("decimal") ? x + ".5" : "" + x,
        1 + random.nextDouble(),
        missing ? "" : "" + x,
        random.nextInt(7) == 0 && block.contains("missing") ? "" : "12.5",
        random.nextDouble(),
        random.nextInt(3),
        s % 2,
        100 + s,
        random.nextInt(3),
        rare ? "bad" : "good",
        rare ? 1 : 0,
        random.nextInt(2),
        t % 9 == 0 ? 1 : 0,
        List.of("low", "medium", "high").get(random.nextInt(3)),
        t < ROWS - 20 ? "train" : t < ROWS - 10 ? "valid" : "test");
  }

  private static String time(String block, int t) {
    if (block.contains("business-day")) {
      LocalDate day = FIRST;
      for (int left = t; left > 0; left--) {
        day = day.plusDays(day.getDayOfWeek().getValue() == 5 ? 3 : 1);
        if (day.equals(LocalDate.of(2026, 5, 1))) {
          day = day.plusDays(3);
        }
      }
      return day.toString();
    }
    if (block.contains("elapsed")) {
      return LocalDateTime.of(2026, 5, 1, 0, 0).plusHours(t).plusMinutes(t * t % 50).toString();
    }
    return block.contains("1h") || block.contains("hour")
        ? LocalDateTime.of(2026, 5, 1, 0, 0).plusHours(t).toString()
        : FIRST.plusDays(t).toString();
  }

  private Path sequences() throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>();
    for (int s = 0; s < 30; s++) {
      int kind = s % 2;
      String readings =
          random
              .doubles(8 + s % 5)
              .mapToObj(x -> "" + (x + kind))
              .collect(Collectors.joining(",", "[", "]"));
      lines.add("{\"id\": %d, \"readings\": %s, \"label\": \"k%d\"}".formatted(s, readings, kind));
    }
    return Files.write(folder.resolve("sequences.json"), lines);
  }
}

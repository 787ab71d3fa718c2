package io.hindsight.driver.stateful;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.source.SequenceInputs;
import io.hindsight.datasets.spec.ReadColumns;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.Answers;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.data.RunData;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Models of a table with all kinds of columns, with random weights, and sequences of it. */
final class SteppedModels {
  static final int ROWS = 40;
  static final String TIMES = "string";

  private static final String YAML =
      """
      data:
        format: csv
        path: %s
        options: {header: true}
        sequence: id
        time: t
        inputs: [x, z]
        targets: [y]
        split: {by: id, validation: 0, test: 0}
      model: {cell: lstm, hidden: [5, 4]}
      training: {epochs: 1, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
      """;

  private final Path table;
  private final Map<List<String>, RunData> read = new HashMap<>(); // by the changes

  /** Rows of a sequence as they stand in the table. */
  private record Cells(String time, double x, double z, double y, String kind, String group) {}

  SteppedModels(Path folder) throws IOException {
    table = folder.resolve("table.csv");
    List<String> lines = new ArrayList<>(List.of("id,t,x,z,y,kind,group,area"));
    for (int s = 0; s < 6; s++) {
      for (Cells c : cells(s)) {
        lines.add(
            "s%d,%s,%s,%s,%s,%s,%s,%s"
                .formatted(
                    s, c.time, text(c.x), text(c.z), c.y, c.kind, c.group, s < 3 ? "0.5" : "2.5"));
      }
    }
    Files.write(table, lines);
  }

  private static String text(double x) {
    return Double.isNaN(x) ? "" : "" + x;
  }

  private static List<Cells> cells(int sequence) {
    Random random = new Random(sequence);
    List<Cells> all = new ArrayList<>();
    long time = 1_700_000_000L;
    for (int row = 0; row < ROWS; row++) {
      time += 30 + random.nextInt(200);
      double level = 2 + Math.sin(row * 0.3 + sequence) + 0.1 * random.nextDouble();
      double z = random.nextInt(3) == 0 ? Double.NaN : 10 * level;
      String kind = List.of("a", "b", "c").get(random.nextInt(3));
      String group = sequence % 2 == 0 ? "even" : "odd";
      all.add(new Cells("" + Instant.ofEpochSecond(time), level, z, level * 3, kind, group));
    }
    return all;
  }

  /** A model of random weights, by changes of the configuration. */
  AnsweringModel model(List<String> changes, long seed) {
    RunConfig config = config(changes);
    RunData data = read.computeIfAbsent(changes, same -> RunData.read(config));
    ParameterLayout layout = new ParameterLayout(data.spec());
    double[] weights = new Random(seed).doubles(layout.size(), -1, 1).toArray();
    Encoding.Table encoding = (Encoding.Table) data.encoded().encoding();
    return new AnsweringModel(new Parameters(layout, weights), encoding, config.training().bptt());
  }

  RunConfig config(List<String> changes) {
    return ConfigReader.read(YAML.formatted(table), "test.yaml", changes);
  }

  static int minLength(RunConfig config) {
    return ((TableSpec) config.data()).minLength().orElse(0);
  }

  /** Rows [from, to) of a sequence, as a model reads them. */
  static RawSequence rows(AnsweringModel model, int sequence, int from, int to) {
    ReadColumns read = SequenceInputs.columns(model.encoding());
    List<Cells> cells = cells(sequence).subList(from, to);
    RawSide side =
        new RawSide(
            read.side().ofSteps().isEmpty() ? List.of() : cells.stream().map(Cells::kind).toList(),
            new RawSide.Fixed(
                read.side().numbers().isEmpty() ? List.of() : List.of(sequence < 3 ? 0.5 : 2.5),
                read.side().ofSequence().isEmpty() ? List.of() : List.of(cells.get(0).group)),
            Optional.empty());
    RawRows rows =
        new RawRows(
            cells.stream().map(Cells::time).toList(),
            RowNumbers.of(
                cells.stream()
                    .flatMapToDouble(
                        c ->
                            read.inputs().stream()
                                .mapToDouble(name -> name.equals("x") ? c.x : c.z))
                    .toArray()),
            read.targets().isEmpty() || model.encoding().targetKind().isOfClasses()
                ? null
                : RowNumbers.of(cells.stream().mapToDouble(Cells::y).toArray()),
            null,
            cells.size(),
            List.of(),
            side);
    return new RawSequence("s" + sequence, () -> "test", rows);
  }

  /** The answers of the last row, where a sequence is those of [from, to). */
  static List<Answer> last(AnsweringModel model, int minLength, int sequence, int from, int to) {
    SequenceInputs inputs = new SequenceInputs(model.encoding(), minLength);
    List<Answer> all = new ArrayList<>();
    new Answers(model, List.of(inputs.of(rows(model, sequence, from, to))).iterator())
        .forEachRemaining(all::add);
    int each = all.get(0).reason() == null ? model.encoding().horizon().answers() : 1;
    return all.subList(all.size() - each, all.size());
  }

  static TimeKey key(int row) {
    return new TimeKey(row, null);
  }

  /** Goes on with rows [from, to) in pieces of random lengths, from bytes each time. */
  static List<List<Answer>> follow(
      StatefulModel model, AnsweringModel of, int sequence, int from, int to, byte[][] state) {
    Random random = new Random(to);
    List<List<Answer>> answers = new ArrayList<>();
    for (int at = from; at < to; ) {
      int end = Math.min(to, at + 1 + random.nextInt(7));
      SequenceState before =
          state[0] == null ? null : SequenceStateBytes.read(state[0], "s" + sequence, TIMES);
      StatefulModel.Followed followed =
          model.follow(before, rows(of, sequence, at, end), key(end - 1));
      answers.addAll(followed.answers());
      state[0] = SequenceStateBytes.write(followed.state(), TIMES);
      at = end;
    }
    return Collections.unmodifiableList(answers);
  }
}

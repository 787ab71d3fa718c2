package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.PartSums;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.HeldTable;
import io.hindsight.datasets.fit.TableData;
import io.hindsight.datasets.fit.TableFit;
import io.hindsight.datasets.rows.steps.StepValues;
import io.hindsight.datasets.sequences.pieces.PieceReader;
import io.hindsight.datasets.sequences.pieces.PieceWriter;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.SplitRule;
import io.hindsight.datasets.stored.FileNumbers;
import io.hindsight.datasets.stored.NumbersWriter;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.windows.WindowHash;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence whose numbers are in a file is read as one whose numbers are on the heap. */
class LongSequencesTest {
  private static final int PAGE = 1 << FileNumbers.PAGE_BITS;
  private static final int FEW = 10; // numbers that the heap holds

  @ParameterizedTest
  @MethodSource("tables")
  void shouldEncodeTheSame(TableSpec spec, double missing, int lowest) {
    for (int length :
        new int[] {40, PAGE / 2 - 1, PAGE / 2, PAGE / 2 + 1, PAGE - 1, PAGE, PAGE + 1}) {
      RawTable held = table(length, missing, lowest, NumbersWriter.HELD);
      RawTable filed = table(length, missing, lowest, FEW);
      assertTrue(filed.sequences().get(0).inputs() instanceof FileNumbers, "in a file");
      assertEquals(told(spec, held), told(spec, filed), length + " steps of " + spec);
    }
  }

  static Stream<Object[]> tables() {
    TableSpec values =
        Tables.withSplit(
            Tables.withColumns(
                Tables.csv("a.csv"), List.of("x", "y"), List.of("y"), TargetKind.VALUE),
            new Split(Split.By.TIME, 0.1, 0.2));
    MissingValues mean = new MissingValues(MissingRules.of(MissingRule.MEAN), true);
    TableSpec levels = Tables.withScale(values, Scale.STANDARDIZE, false);
    return Stream.of(
        new Object[] {levels, 0, -5},
        new Object[] {Tables.withScale(Tables.withHorizon(values, 3), Scale.LOG, true), 0, 1},
        new Object[] {Tables.withScale(values, Scale.LOG, false), 0, -1}, // refused
        new Object[] {Tables.withScale(values, Scale.ROBUST, false), 0, -5},
        new Object[] {Tables.withScale(values, Scale.MINMAX, true), 0, 0},
        new Object[] {
          Tables.withHorizon(levels, new Horizon(4, Horizon.Strategy.DIRECT, 0)), 0, -5
        },
        new Object[] {
          Tables.withHorizon(levels, new Horizon(4, Horizon.Strategy.RECURSIVE, 0)), 0, -5
        },
        new Object[] {levels.with(mean), 0.1, -5},
        new Object[] {levels.with(ScaleBy.SEQUENCE), 0, -5},
        new Object[] {levels.with(ScaleBy.window(5)), 0, -5});
  }

  private static String told(TableSpec spec, RawTable table) {
    TableData data = new HeldTable(table, 3);
    TimeInputs inputs = TimePlan.of(spec).inputs(data);
    List<String> told = new ArrayList<>();
    try {
      EncodedData encoded =
          new TableFit(spec, spec.split(), 3, data, inputs, told::add)
              .fit(new SourceSnapshot.Unknown("a.csv"), DataStore.onHeap());
      told.add(encoded.fingerprint() + encoded.encoding().toJson() + encoded.spacing());
      told.add(encoded.omissions().sentences().toString());
      add(told, encoded);
      Encoding.Table encoding = (Encoding.Table) encoded.encoding();
      table.sequences().forEach(raw -> add(told, raw, encoding, spec));
    } catch (DataException refused) {
      told.add(refused.getMessage());
    }
    return String.join("\n", told);
  }

  private static void add(List<String> told, EncodedData data) {
    for (Sequence sequence : data.test()) {
      told.add(hash(sequence));
      for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
        told.add(
            "%s %s"
                .formatted(
                    data.forecast().orElseThrow().decode(sequence, t, 0, 0.5),
                    data.forecast().orElseThrow().actual(sequence, t, 0)));
      }
    }
  }

  /** As tasks of {@code evaluate} and {@code predict} read it. */
  private static void add(
      List<String> told, RawSequence raw, Encoding.Table encoding, TableSpec spec) {
    SplitRule rule = SplitRule.ofEach(spec.split(), spec.scope().zone());
    SplitSequence split =
        new SplitEncoder(new ScoringEncoder(encoding, 0), rule).apply(raw, told::add);
    told.add(PartSums.of(split.parts()).fingerprint(encoding));
    split.parts().test().forEach(sequence -> told.add(hash(sequence)));
    Encoded input = (Encoded) new InputEncoder(encoding, 0).apply(raw, told::add);
    told.add(hash(input.sequence()) + input.times() + input.targetTimes());
    told.add(input.series() == null ? "" : Arrays.toString(input.series().toArray()));
    told.add(Arrays.toString(input.scale()));
  }

  private static String hash(Sequence sequence) {
    return HexFormat.of().formatHex(WindowHash.of(Window.whole(sequence)));
  }

  private static RawTable table(int length, double missing, int lowest, int held) {
    List<RawSequence> sequences =
        List.of(sequence("a", length, missing, lowest, held), sequence("b", 60, 0, lowest, held));
    return new RawTable("a.csv", sequences, List.of("x", "y"), List.of("y"), false);
  }

  private static RawSequence sequence(String id, int length, double missing, int lowest, int held) {
    List<RawSequence> read = new ArrayList<>();
    PieceReader reader = new PieceReader(name -> () -> "a.csv", held);
    PieceWriter writer =
        new PieceWriter(piece -> reader.accept(piece).ifPresent(one -> read.add(one.sequence())));
    Random random = new Random(length);
    writer.begin(id, null, null);
    for (int t = 0; t < length; t++) {
      Doubles row = new Doubles();
      row.add(random.nextDouble() < missing ? Double.NaN : lowest + 10 * random.nextDouble());
      row.add(lowest + 1 + Math.sin(t / 7.0) + random.nextDouble());
      writer.step(
          "" + 5 * t, new StepValues().begin().inputs(row, 0, 2).numbers(row, 1, 1).toBytes());
    }
    writer.end(0);
    return read.get(0);
  }
}

package io.hindsight.driver.stateful;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.RawSide.Fixed;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.driver.model.ModelException;
import io.hindsight.fuzz.Parsing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a stream keeps of a sequence, whose checksum is right whatever is in it. */
public final class SequenceStateFuzz {
  private static final String TIMES = "timestamp";

  private SequenceStateFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(
        input, SequenceStateFuzz::parse, ModelException.class, DataException.class);
  }

  private static void parse(byte[] input) {
    ByteBuffer all = ByteBuffer.allocate(input.length + Integer.BYTES);
    all.put(input).putInt(SequenceStateBytes.checksum(input, input.length));
    SequenceStateBytes.read(all.array(), "s", TIMES);
  }

  /**
   * Writes the seeds anew, after a change of the form.
   *
   * @param args the folder of the corpus
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0], "SequenceStateFuzz"));
    Fixed fixed = new Fixed(List.of(0.5), Arrays.asList("\u00e4", null));
    SequenceState begun =
        SequenceState.begin("v1", 7, new TimeKey(3, new byte[] {1}), SequenceState.NOTHING_FIXED);
    KeptRows rows =
        new KeptRows(
            List.of("2020-01-01 00:00:00", "2020-01-02 00:00:00"),
            new double[] {1, Double.NaN, 3, 4},
            new double[] {5, 6},
            Arrays.asList("a", null));
    SequenceState grown =
        new SequenceState(
            "v2",
            -7,
            12,
            new TimeKey(3, null),
            fixed,
            new byte[] {1, 2, 3},
            rows.slice(0, 1),
            rows);
    write(folder.resolve("sound-begun"), begun);
    write(folder.resolve("sound-grown"), grown);
  }

  private static void write(Path seed, SequenceState state) throws IOException {
    byte[] all = SequenceStateBytes.write(state, TIMES);
    Files.write(seed, Arrays.copyOf(all, all.length - Integer.BYTES));
  }
}

package io.hindsight.datasets.chunks;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.chunks.ChunkFolder.Digest;
import io.hindsight.datasets.columns.FilledValues;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.time.TimeSteps;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Sound chunks and manifests, from which the fuzzer starts. */
public final class ChunkSamples {
  private ChunkSamples() {}

  /**
   * Writes the seeds anew, after a change of their form.
   *
   * @param args the folder of the corpus
   */
  public static void main(String[] args) throws IOException {
    Path corpus = Path.of(args[0]);
    Path chunks = Files.createDirectories(corpus.resolve("ChunkFuzz"));
    for (int count : new int[] {1, 5}) {
      StorageFolder folder = StorageFolder.of(chunks.toString());
      Chunk chunk = Chunk.of(ChunkWriter.write(folder, 0, parts(rows(count))));
      Files.move(chunks.resolve(chunk.name()), chunks.resolve("sound-" + count));
    }
    Path manifests = Files.createDirectories(corpus.resolve("DataManifestFuzz"));
    for (boolean classes : new boolean[] {false, true}) {
      String name = classes ? "sound-classes" : "sound-values";
      Files.write(manifests.resolve(name), ManifestJson.write(manifest(classes)));
    }
  }

  /** Those of the row of a number, between which steps are of no part. */
  static PartCuts cuts(int i) {
    return new PartCuts(i / 2, i, i + i / 2, 2 * i, 2 * i + 1);
  }

  /** That of rows a step apart. */
  static Timeline line(int rows) {
    return Timeline.get(ByteBuffer.allocate(Integer.BYTES + 1).putInt(rows).put((byte) 0).flip());
  }

  /** Rows as they come to a chunk. */
  static Iterator<byte[]> parts(List<EncodedRow> rows) {
    return new RowParts<>(rows.iterator(), Optional::of);
  }

  /** Rows in the order of their ids. */
  static List<EncodedRow> rows(int count) {
    List<EncodedRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 1 + 2 * i;
      double[] numbers = new double[2 * length];
      Arrays.setAll(numbers, at -> Math.sqrt(at));
      Sequence sequence =
          Sequence.ofFeatures("s\u00e4" + i, numbers, length).withTargets(numbers.clone());
      Timeline line = line(length);
      rows.add(
          new EncodedRow(
              sequence, new TargetSeries(RowNumbers.of(numbers.clone()), line), cuts(i)));
    }
    return rows;
  }

  /** A manifest with something in each of its fields. */
  static DataManifest manifest(boolean classes) {
    Scaling scaling = Scaling.unfitted(List.of("x", "y"), Scale.STANDARDIZE);
    Encoding.Table encoding =
        new Encoding.Table(
            List.of("x", "y"),
            List.of(classes ? "label" : "x"),
            classes ? TargetKind.CLASS : TargetKind.VALUE,
            Horizon.of(1),
            false,
            false,
            scaling,
            classes ? Optional.empty() : Optional.of(Scaling.unfitted(List.of("x"), Scale.LOG)),
            classes ? Optional.of(new Labels(List.of("a", "b"))) : Optional.empty(),
            new TimeSteps(Optional.empty(), true),
            SideEncoding.NONE,
            new Filling(
                List.of(
                    new Filling.Feature("x", "x", MissingRule.LAST, 1 / 3.0),
                    new Filling.Feature("y", "y", MissingRule.ERROR, 0)),
                List.of("x"),
                true),
            ScaleBy.TABLE);
    PartTally tally = new PartTally();
    tally.add(Part.TEST, Sequence.ofFeatures("a", new double[] {1}, 1));
    Omissions omissions =
        Omissions.of(3, List.of(new LeftOut("b", "2024", Reason.TOO_SHORT, 1, 2)))
            .with(Optional.of(new Omissions.Unseen("unknown", 1, 2)))
            .withFilled(List.of(new FilledValues("x", "the test part", 9, 2)));
    Optional<Spacing> spacing =
        Optional.of(
            new Spacing(
                Optional.of("1 h"),
                true,
                9,
                7,
                2,
                4,
                0,
                Optional.of(new Spacing.Gap("3 h", "a", "1", "4")),
                1,
                0));
    String hash = "0123456789abcdef".repeat(4);
    return new DataManifest(
        new TableFacts(
            encoding,
            tally,
            hash,
            omissions,
            classes ? Optional.empty() : spacing,
            List.of("column x is constant")),
        "seed: 3\n",
        List.of("{\"format\": \"hindsight-source\"}"),
        List.of(new Chunk(0, 5, new Digest(900, hash))));
  }
}

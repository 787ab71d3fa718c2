package io.hindsight.datasets.chunks;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.LeftOutTally;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Omissions.Boundaries;
import io.hindsight.datasets.Omissions.Unseen;
import io.hindsight.datasets.RowChanges;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.chunks.ChunkFolder.Digest;
import io.hindsight.datasets.columns.FilledValues;
import io.hindsight.datasets.columns.UnknownCategories;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The fields of a manifest as they stand in JSON; what may be absent is a list of one or none.
 *
 * @param parts of the training, validation and test part: sequences, those with a target, those
 *     that end in one
 */
record ManifestFields(
    String fingerprint,
    String section,
    List<String> source,
    JsonNode encoding,
    List<long[]> parts,
    OmittedFields omissions,
    List<SpacingFields> spacing,
    List<String> notes,
    List<ChunkFields> chunks) {
  /** {@link Omissions}. */
  record OmittedFields(
      int read,
      Map<Reason, Long> counts,
      List<LeftOut> first,
      int longest,
      List<Unseen> unseen,
      List<UnknownCategories> categories,
      List<FilledValues> filled,
      RowChanges changes,
      Boundaries boundaries) {
    static OmittedFields of(Omissions omissions) {
      LeftOutTally tally = omissions.leftOut();
      return new OmittedFields(
          omissions.read(),
          tally.counts(),
          tally.firstOfEach(),
          tally.longest(),
          omissions.unseen().stream().toList(),
          omissions.categories(),
          omissions.filled(),
          omissions.changes(),
          omissions.boundaries());
    }

    Omissions omissions() {
      return new Omissions(
          read,
          LeftOutTally.of(counts, first, longest),
          unseen.stream().findFirst(),
          List.copyOf(categories),
          List.copyOf(filled),
          changes,
          boundaries);
    }
  }

  /** {@link Spacing}; its numbers in the order of its components. */
  record SpacingFields(List<String> step, boolean time, List<Long> numbers, List<Spacing.Gap> gap) {
    static SpacingFields of(Spacing s) {
      return new SpacingFields(
          s.step().stream().toList(),
          s.byTime(),
          List.of(
              s.steps(),
              s.even(),
              s.gaps(),
              s.missing(),
              s.shorter(),
              s.withoutTarget(),
              (long) s.ownStep()),
          s.longest().stream().toList());
    }

    Spacing spacing() {
      return new Spacing(
          step.stream().findFirst(),
          time,
          numbers.get(0),
          numbers.get(1),
          numbers.get(2),
          numbers.get(3),
          numbers.get(4),
          gap.stream().findFirst(),
          numbers.get(5),
          Math.toIntExact(numbers.get(6)));
    }
  }

  /** A {@link Chunk}. */
  record ChunkFields(int rows, long length, String sha256) {}

  /** The fields of a manifest. */
  static ManifestFields of(DataManifest manifest) {
    TableFacts facts = manifest.facts();
    return new ManifestFields(
        facts.fingerprint(),
        manifest.section(),
        manifest.source(),
        facts.encoding().toJson(),
        facts.tally().numbers(),
        OmittedFields.of(facts.omissions()),
        facts.spacing().stream().map(SpacingFields::of).toList(),
        facts.notes(),
        manifest.chunks().stream()
            .map(c -> new ChunkFields(c.rows(), c.digest().length(), c.digest().sha256()))
            .toList());
  }

  /**
   * The manifest of these fields.
   *
   * @throws RuntimeException of any kind if it is none
   */
  DataManifest manifest() {
    if (!(Encoding.fromJson(encoding) instanceof Encoding.Table table)) {
      throw new IllegalArgumentException("the encoding is none of a table");
    }
    Optional<Spacing> even = spacing.stream().findFirst().map(SpacingFields::spacing);
    TableFacts facts =
        new TableFacts(
            table,
            PartTally.of(parts),
            fingerprint,
            omissions.omissions(),
            even,
            List.copyOf(notes));
    return new DataManifest(facts, section, List.copyOf(source), chunkList());
  }

  private List<Chunk> chunkList() {
    return IntStream.range(0, chunks.size())
        .mapToObj(
            i -> {
              ChunkFields fields = chunks.get(i);
              return new Chunk(i, fields.rows(), new Digest(fields.length(), fields.sha256()));
            })
        .toList();
  }
}

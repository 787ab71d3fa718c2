package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.chunks.Chunk;
import io.hindsight.datasets.chunks.ChunkBounds;
import io.hindsight.datasets.chunks.ChunkFolder;
import io.hindsight.datasets.chunks.ChunkWriter;
import io.hindsight.datasets.chunks.RowHead;
import io.hindsight.datasets.chunks.RowParts;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.split.IdSplit;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeSteps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A table whose sequences the driver holds. */
public final class HeldTable implements TableData {
  private final RawTable table;
  private final long seed;
  private TableTimes times; // null before the step is known

  public HeldTable(RawTable table, long seed) {
    this.table = table;
    this.seed = seed;
  }

  @Override
  public TableData on(GridRows grid) {
    return new HeldTable(grid.apply(table), seed);
  }

  @Override
  public String source() {
    return table.source();
  }

  @Override
  public List<String> features() {
    return table.features();
  }

  @Override
  public List<String> targets() {
    return table.targets();
  }

  @Override
  public boolean labelled() {
    return table.labelled();
  }

  @Override
  public Optional<Found> findStep() {
    times = TableTimes.find(table.sequences());
    return times.mostCommon();
  }

  @Override
  public void measureBy(TimeSteps steps) {
    times = TableTimes.of(table.sequences(), steps);
  }

  @Override
  public long[] hashes() {
    return table.sequences().stream().mapToLong(raw -> hash(raw.id())).toArray();
  }

  @Override
  public List<String> ids(long hash) {
    return table.sequences().stream().map(RawSequence::id).filter(id -> hash(id) == hash).toList();
  }

  private long hash(String id) {
    return IdSplit.Key.of(seed, id).hash();
  }

  @Override
  public <S extends Mergeable<S>> S gather(Gathering<S> gathering) {
    S known = gathering.none();
    table.sequences().forEach(raw -> gathering.add(known, raw, times));
    return known;
  }

  @Override
  public <S extends Mergeable<S>> S encode(Encoder<S> encoder, Consumer<byte[]> rows) {
    S known = encoder.none();
    table
        .sequences()
        .forEach(raw -> encoder.encode(known, raw, times).map(EncodedRow::toBytes).ifPresent(rows));
    return known;
  }

  @Override
  public <S extends Mergeable<S>> S measure(Encoder<S> encoder, Consumer<byte[]> heads) {
    S known = encoder.none();
    table
        .sequences()
        .forEach(raw -> encoder.encode(known, raw, times).map(RowHead::of).ifPresent(heads));
    return known;
  }

  @Override
  public <S extends Mergeable<S>> List<Chunk> write(
      Encoder<S> encoder, ChunkBounds bounds, ChunkFolder folder) {
    List<List<RawSequence>> chunks =
        Stream.generate(() -> (List<RawSequence>) new ArrayList<RawSequence>())
            .limit(bounds.size())
            .toList();
    table.sequences().stream()
        .sorted(Comparator.comparing(RawSequence::id, IdOrder.UTF_8))
        .forEach(raw -> chunks.get(bounds.chunk(utf8(raw.id()))).add(raw));
    S known = encoder.none();
    List<Chunk> written = new ArrayList<>();
    for (int number = 0; number < chunks.size(); number++) {
      Iterator<byte[]> parts =
          new RowParts<>(chunks.get(number).iterator(), raw -> encoder.encode(known, raw, times));
      written.add(Chunk.of(ChunkWriter.write(folder, number, parts)));
    }
    return written;
  }

  private static byte[] utf8(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String file(String id) {
    return table.sequences().stream()
        .filter(raw -> raw.id().equals(id))
        .map(RawSequence::file)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public DataException located(String id, DataException fault) {
    return fault;
  }
}

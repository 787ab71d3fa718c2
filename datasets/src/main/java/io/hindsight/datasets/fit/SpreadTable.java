package io.hindsight.datasets.fit;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.chunks.Chunk;
import io.hindsight.datasets.chunks.ChunkBounds;
import io.hindsight.datasets.chunks.ChunkFolder;
import io.hindsight.datasets.chunks.RowHead;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.rows.TaskIterator;
import io.hindsight.datasets.sequences.PartitionTask;
import io.hindsight.datasets.sequences.SequencePartitions;
import io.hindsight.datasets.split.IdSplit;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.Distances;
import io.hindsight.datasets.time.StepFinder;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeSteps;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A table whose sequences are with the executors; the driver gets what tasks make of them. */
public final class SpreadTable implements TableData {
  private final SequencePartitions sequences;
  private final long seed;
  private long[] ids; // hashes; null before the step is known
  private Measure measure; // null before it is known

  public SpreadTable(SequencePartitions sequences, long seed) {
    this.sequences = sequences;
    this.seed = seed;
  }

  @Override
  public TableData on(GridRows grid) {
    return new SpreadTable(sequences.on(grid), seed);
  }

  @Override
  public String source() {
    return sequences.source();
  }

  @Override
  public List<String> features() {
    return sequences.features();
  }

  @Override
  public List<String> targets() {
    return sequences.targets();
  }

  /** Only rows that hold whole sequences have one label for each. */
  @Override
  public boolean labelled() {
    return false;
  }

  @Override
  public Optional<Found> findStep() {
    long seed = this.seed;
    HashedIds all = known(new Looking<>(() -> new HashedIds(seed), HashedIds::add));
    ids = all.hashes();
    Optional<Found> found = StepFinder.find(all.times(), this::distances);
    measure = Measure.found(TableData.common(found));
    return found;
  }

  @Override
  public void measureBy(TimeSteps steps) {
    measure = Measure.of(steps);
  }

  private Distances distances(TimeStep step) {
    return known(new Looking<>(Distances::new, (distances, raw) -> distances.add(raw, step)));
  }

  @Override
  public long[] hashes() {
    return ids.clone();
  }

  @Override
  public List<String> ids(long hash) {
    return sequences.collect(new IdTask(seed, hash)).stream()
        .map(id -> new String(id, StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public <S extends Mergeable<S>> S gather(Gathering<S> gathering) {
    Measure by = measure;
    return sequences.sum(
        partition -> {
          S known = gathering.none();
          partition.forEachRemaining(raw -> gathering.add(known, raw, by.times(raw)));
          return known;
        });
  }

  private <S extends Mergeable<S>> S known(Looking<S> looking) {
    S all = looking.none.get();
    sequences.collect(looking).forEach(some -> all.merge(read(some)));
    return all;
  }

  @Override
  public <S extends Mergeable<S>> S encode(Encoder<S> encoder, Consumer<byte[]> rows) {
    return encode(new EncodingTask<>(encoder, measure, EncodedRow::toBytes), rows);
  }

  @Override
  public <S extends Mergeable<S>> S measure(Encoder<S> encoder, Consumer<byte[]> heads) {
    return encode(new EncodingTask<>(encoder, measure, RowHead::of), heads);
  }

  @Override
  public <S extends Mergeable<S>> List<Chunk> write(
      Encoder<S> encoder, ChunkBounds bounds, ChunkFolder folder) {
    return sequences
        .shuffle(
            new ChunkTasks.Rows<>(encoder, measure),
            new ChunkTasks.Places(bounds),
            new ChunkTasks.Write(folder))
        .stream()
        .map(Chunk::of)
        .toList();
  }

  private <S extends Mergeable<S>> S encode(EncodingTask<S> task, Consumer<byte[]> rows) {
    S all = task.encoder.none();
    sequences.forEach(
        task,
        partition -> {
          while (partition.hasNext()) {
            byte[] made = partition.next();
            if (partition.hasNext()) {
              rows.accept(made);
            } else {
              all.merge(read(made));
            }
          }
        });
    return all;
  }

  @Override
  public String file(String id) {
    return sequences.file(id);
  }

  /** A task does not know the file. */
  @Override
  public DataException located(String id, DataException fault) {
    return fault.at(source(), file(id));
  }

  private static byte[] write(Serializable known) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(known);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private static <S> S read(byte[] known) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(known))) {
      return (S) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("what a task knew cannot be read as it was written", e);
    }
  }

  /** Makes something empty, in a task. */
  private interface None<S> extends Supplier<S>, Serializable {}

  /** Takes a sequence, in a task. */
  private interface Adding<S> extends BiConsumer<S, RawSequence>, Serializable {}

  /** Looks at all sequences of a partition. */
  private record Looking<S extends Mergeable<S>>(None<S> none, Adding<S> adding)
      implements PartitionTask {
    @Override
    public Iterator<byte[]> run(Iterator<RawSequence> sequences) {
      S known = none.get();
      sequences.forEachRemaining(raw -> adding.accept(known, raw));
      return List.of(write(known)).iterator();
    }
  }

  /** What the driver gets of a row, in a task. */
  private interface Form extends Function<EncodedRow, byte[]>, Serializable {}

  /** Encodes the sequences of a partition, and tells last what it knows of them. */
  private record EncodingTask<S extends Mergeable<S>>(
      Encoder<S> encoder, Measure measure, Form form) implements PartitionTask {
    @Override
    public Iterator<byte[]> run(Iterator<RawSequence> sequences) {
      S known = encoder.none();
      return new TaskIterator<>(sequences) {
        @Override
        protected void accept(RawSequence raw) {
          encoder.encode(known, raw, measure.times(raw)).ifPresent(row -> put(form.apply(row)));
        }

        @Override
        protected void end() {
          put(write(known));
        }
      };
    }
  }

  /** Tells the ids of a hash. */
  private record IdTask(long seed, long hash) implements PartitionTask {
    @Override
    public Iterator<byte[]> run(Iterator<RawSequence> sequences) {
      return new TaskIterator<>(sequences) {
        @Override
        protected void accept(RawSequence raw) {
          if (IdSplit.Key.of(seed, raw.id()).hash() == hash) {
            put(raw.id().getBytes(StandardCharsets.UTF_8));
          }
        }

        @Override
        protected void end() {}
      };
    }
  }
}

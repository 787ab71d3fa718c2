package io.hindsight.datasets.sequences;

import io.hindsight.datasets.sums.Mergeable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Sums of partitions, brought together on the driver as they arrive, so that it holds them once. A
 * partition's come once, as results of tasks do, however often the task was repeated; and as bytes,
 * so that it does not matter by which serializer a session sends results.
 */
public final class PartitionSums<S extends Mergeable<S>>
    implements Function2<Object, byte[], BoxedUnit> {
  private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

  private S sums; // null before the first

  private PartitionSums() {}

  /** The sums of all partitions, of which there is at least one. */
  public static <T, S extends Mergeable<S>> S of(RDD<T> partitions, Summing<T, S> summing) {
    PartitionSums<S> all = new PartitionSums<>();
    partitions.context().runJob(partitions, new Task<>(summing), all, BYTES);
    return all.sums();
  }

  @Override
  public synchronized BoxedUnit apply(Object partition, byte[] bytes) {
    S some = read(bytes);
    if (sums == null) {
      sums = some;
    } else {
      sums.merge(some);
    }
    return BoxedUnit.UNIT;
  }

  private synchronized S sums() {
    return sums;
  }

  @SuppressWarnings("unchecked") // what was written is of the type that is read
  private S read(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (S) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("sums cannot be read as they were written", e);
    }
  }

  /** What a task does; a plain class, so Spark cleans no closure. */
  private static final class Task<T, S>
      implements Function2<TaskContext, scala.collection.Iterator<T>, byte[]>, Serializable {
    private static final long serialVersionUID = 1L;

    private final Summing<T, S> summing;

    Task(Summing<T, S> summing) {
      this.summing = summing;
    }

    @Override
    public byte[] apply(TaskContext context, scala.collection.Iterator<T> partition) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(summing.of(new Elements<>(partition)));
      } catch (IOException e) {
        throw new UncheckedIOException("sums in memory cannot be written", e);
      }
      return bytes.toByteArray();
    }
  }

  /** The elements of a partition as Java has them. */
  private record Elements<T>(scala.collection.Iterator<T> partition) implements Iterator<T> {
    @Override
    public boolean hasNext() {
      return partition.hasNext();
    }

    @Override
    public T next() {
      return partition.next();
    }
  }
}

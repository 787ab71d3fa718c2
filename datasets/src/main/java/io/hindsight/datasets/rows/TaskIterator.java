package io.hindsight.datasets.rows;

import io.hindsight.datasets.files.FullDisk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * What a task makes of its partition, made as it is asked for: of each element nothing, one or more
 * results.
 *
 * @param <S> what it reads
 * @param <T> what it makes
 */
public abstract class TaskIterator<S, T> implements Iterator<T> {
  private final Iterator<S> partition;
  private final Deque<T> made = new ArrayDeque<>();
  private boolean ended;

  /** Over a partition. */
  protected TaskIterator(Iterator<S> partition) {
    this.partition = partition;
    FullDisk.watch();
  }

  /** Makes what there is to make of the next element. */
  protected abstract void accept(S next);

  /** Makes what is left after the last element, and hands the task's findings over; called once. */
  protected abstract void end();

  /** Adds a result, which is not null. */
  protected final void put(T result) {
    made.add(result);
  }

  @Override
  public final boolean hasNext() {
    while (made.isEmpty() && partition.hasNext()) {
      accept(partition.next());
    }
    if (made.isEmpty() && !ended) {
      ended = true;
      end();
    }
    return !made.isEmpty();
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.remove();
  }
}

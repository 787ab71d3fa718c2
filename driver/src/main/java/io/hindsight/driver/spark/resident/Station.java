package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.resident.Answer.Pause;
import io.hindsight.driver.spark.resident.Answer.Stop;
import io.hindsight.driver.spark.resident.Answer.Work;
import io.hindsight.driver.step.ResultMerger;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The resident tasks of one process: they share weights, shards and one voice towards the driver.
 *
 * <p>A task takes a piece of the step, computes it, and comes back. When no piece is left and none
 * is being computed, one of the waiting tasks merges the results, brings them to the driver and
 * asks for more; it asks until there is more, and all go on.
 */
final class Station {
  private final long engine;
  private final String name;
  private final Link link;
  private final Workbench workbench;
  private final ResultMerger merger;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ShardRange> queue = new ArrayDeque<>();
  private final List<StepResult> results = new ArrayList<>();
  private volatile int seats; // changed under the lock
  private int computing;
  private boolean asking;
  private boolean stopped;
  private long steps;

  Station(long engine, String name, Link link, Workbench workbench, ResultMerger merger) {
    this.engine = engine;
    this.name = name;
    this.link = link;
    this.workbench = workbench;
    this.merger = merger;
  }

  /**
   * What a task does from its beginning to the end of the run.
   *
   * @return steps that the station has had
   * @throws Exception if the shards' data do not fit the network, or the driver cannot be reached
   */
  long serve() throws Exception {
    sit();
    try {
      StepResult last = null;
      for (ShardRange piece = take(); piece != null; piece = take()) {
        last = compute(piece, last);
      }
      return steps;
    } finally {
      leave();
    }
  }

  /** Computes a piece; the time of a further piece of a step counts from the first's beginning. */
  private StepResult compute(ShardRange piece, StepResult last) throws Exception {
    StepResult result = null;
    boolean othersCompute;
    try {
      result = workbench.compute(piece);
      if (last != null && last.step() == result.step()) {
        result = result.after(last.computeNanos());
      }
    } finally {
      othersCompute = bring(piece, result);
    }
    if (othersCompute) {
      link.announce();
    }
    return result;
  }

  /** Whether no task is here. */
  boolean isEmpty() {
    return seats == 0;
  }

  private void sit() {
    lock.lock();
    try {
      seats++;
    } finally {
      lock.unlock();
    }
  }

  /** The last one tells the driver, so that it need not wait to miss the station. */
  private void leave() {
    lock.lock();
    try {
      seats--;
      changed.signalAll();
      if (seats == 0 && stopped) {
        Stations.remove(engine);
      } else if (seats == 0) {
        Turn farewell = new Turn(engine, name, 0, workbench.step(), List.of(), Turn.Results.NONE);
        Farewell.send(link, farewell);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A piece that was not computed, because its task failed, is for another task. Otherwise nobody
   * is woken: whoever brings the last result asks for more.
   *
   * @return whether other tasks compute the rest of the step
   */
  private boolean bring(ShardRange piece, StepResult result) {
    lock.lock();
    try {
      computing--;
      if (result == null) {
        queue.add(piece);
        changed.signalAll();
      } else {
        results.add(result);
      }
      return computing > 0 && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next piece of work; null when there will be none. */
  private ShardRange take() throws Exception {
    lock.lockInterruptibly();
    try {
      long news = link.news();
      while (!stopped) {
        if (!queue.isEmpty()) {
          computing++;
          return queue.poll();
        }
        if (computing == 0 && !asking) {
          askOnce();
          news = link.news();
          letOthersTake();
        } else {
          news = awaitChange(news);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there may be work: where the next step is published, if that is here, and then for
   * the task that fetches it.
   *
   * @param known number of the news that was heeded
   * @return of those heeded now
   */
  private long awaitChange(long known) throws InterruptedException {
    long news = link.news();
    boolean fetched = asking && news != known;
    if (fetched || !link.tellsNews()) {
      changed.await();
      return link.news();
    }
    int tasks = seats;
    lock.unlock();
    try {
      link.awaitNews(news, tasks);
    } finally {
      lock.lock();
    }
    return news;
  }

  /**
   * Waking the others may cost this task its core, if there are fewer cores than tasks; then they
   * must not find that the piece they could compute is taken.
   */
  private void letOthersTake() {
    lock.unlock();
    lock.lock();
  }

  /** Asks, without the lock, and heeds the answer; a pause ends early when something changes. */
  private void askOnce() throws Exception {
    asking = true;
    try {
      Turn turn = turn();
      lock.unlock();
      Answer answer;
      try {
        Turn merged = merged(turn);
        // A question whose answer was lost is asked again: what arrives twice is refused there.
        answer = Patiently.ask(() -> link.ask(merged));
      } finally {
        lock.lock();
      }
      heed(answer);
    } finally {
      asking = false;
      changed.signalAll();
    }
  }

  private Turn turn() {
    List<StepResult> brought = List.copyOf(results);
    results.clear();
    List<ShardRange> computed = brought.stream().map(ShardRange::of).toList();
    return new Turn(engine, name, seats, workbench.step(), computed, () -> brought);
  }

  private Turn merged(Turn turn) throws Exception {
    List<StepResult> merged = merger.merge(turn.results().open());
    return new Turn(
        turn.engine(), turn.station(), turn.seats(), turn.step(), turn.computed(), () -> merged);
  }

  private void heed(Answer answer) throws Exception {
    if (answer instanceof Pause pause) {
      changed.awaitNanos(pause.nanos());
    } else if (answer instanceof Work work) {
      steps += work.input().isPresent() ? 1 : 0;
      workbench.begin(work);
      queue.addAll(work.ranges());
    } else if (answer instanceof Stop) {
      stopped = true;
    }
  }
}

package io.hindsight.driver.spark.resident;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.spark.resident.PollReply.Stop;
import io.hindsight.driver.spark.resident.PollReply.Wait;
import io.hindsight.driver.spark.resident.PollReply.Work;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resident tasks of one process: they share weights, shards and one connection to the driver.
 *
 * <p>A task takes a piece of the step, computes it, and comes back. When no piece is left and none
 * is being computed, one of the waiting tasks merges the results, brings them to the driver and
 * asks for more; it asks until there is more, and all go on.
 */
final class ExecutorWorker {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorWorker.class);

  private final long engine;
  private final String name;
  private final DriverLink link;
  private final StepComputation computation;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ShardRange> queue = new ArrayDeque<>();
  private final List<StepResult> results = new ArrayList<>();
  private volatile int tasks; // changed under the lock
  private int computing;
  private boolean asking;
  private boolean stopped;
  private long steps;

  ExecutorWorker(long engine, String name, DriverLink link, StepComputation computation) {
    this.engine = engine;
    this.name = name;
    this.link = link;
    this.computation = computation;
  }

  /**
   * What a task does from its beginning to the end of the run.
   *
   * @return steps that the worker has had
   * @throws Exception if the shards' data do not fit the network, or the driver cannot be reached
   */
  long serve() throws Exception {
    join();
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
      result = computation.compute(piece);
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
    return tasks == 0;
  }

  private void join() {
    lock.lock();
    try {
      tasks++;
    } finally {
      lock.unlock();
    }
  }

  /** The last one tells the driver, so that it need not wait to miss the worker. */
  private void leave() {
    lock.lock();
    try {
      tasks--;
      changed.signalAll();
      if (tasks == 0 && stopped) {
        ExecutorWorkers.remove(engine);
      } else if (tasks == 0) {
        sendLast(new Poll(engine, name, 0, computation.step(), List.of(), Poll.Results.NONE));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits for this message: its sender is being interrupted, and must not be held up. */
  private void sendLast(Poll poll) {
    DaemonThreads.start(
        "hindsight-last-message",
        () -> {
          try {
            link.ask(poll);
          } catch (Exception driverIsGone) {
            LOG.debug("nobody heard that {} leaves", name, driverIsGone);
          }
        });
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
      long version = link.version();
      while (!stopped) {
        if (!queue.isEmpty()) {
          computing++;
          return queue.poll();
        }
        if (computing == 0 && !asking) {
          askOnce();
          version = link.version();
          letOthersTake();
        } else {
          version = awaitWork(version);
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
   * @param known the version when there was nothing to do
   * @return the version now
   */
  private long awaitWork(long known) throws InterruptedException {
    long version = link.version();
    boolean fetched = asking && version != known;
    if (fetched || !link.canAwaitChange()) {
      changed.await();
      return link.version();
    }
    int present = tasks;
    lock.unlock();
    try {
      link.awaitChange(version, present);
    } finally {
      lock.lock();
    }
    return version;
  }

  /**
   * Waking the others may cost this task its core, if there are fewer cores than tasks; then they
   * must not find that the piece they could compute is taken.
   */
  private void letOthersTake() {
    lock.unlock();
    lock.lock();
  }

  /** Asks, without the lock, and applies the answer; a pause ends early when something changes. */
  private void askOnce() throws Exception {
    asking = true;
    try {
      Poll poll = poll();
      lock.unlock();
      PollReply answer;
      try {
        Poll merged = merged(poll);
        // A poll whose answer was lost is asked again: what arrives twice is refused there.
        answer = Retries.ask(() -> link.ask(merged));
      } finally {
        lock.lock();
      }
      apply(answer);
    } finally {
      asking = false;
      changed.signalAll();
    }
  }

  private Poll poll() {
    List<StepResult> brought = List.copyOf(results);
    results.clear();
    List<ShardRange> computed = brought.stream().map(ShardRange::of).toList();
    return new Poll(engine, name, tasks, computation.step(), computed, () -> brought);
  }

  private Poll merged(Poll poll) throws Exception {
    List<StepResult> merged = computation.merger().merge(poll.results().open());
    return new Poll(
        poll.engine(), poll.worker(), poll.tasks(), poll.step(), poll.computed(), () -> merged);
  }

  private void apply(PollReply answer) throws Exception {
    if (answer instanceof Wait pause) {
      changed.awaitNanos(pause.nanos());
    } else if (answer instanceof Work work) {
      steps += work.input().isPresent() ? 1 : 0;
      computation.begin(work);
      queue.addAll(work.ranges());
    } else if (answer instanceof Stop) {
      stopped = true;
    }
  }
}

package io.hindsight.driver.lease;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.storage.Fence;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.WriteRetry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exclusive right to write to a directory, on any storage, of one process at a time.
 *
 * <p>The owner gives a sign of life every 2 s. Who wants the lease looks on: after a sign it is
 * refused; after 20 s of silence, or at once where the owner was a process of the same machine that
 * has ended, it takes over, and of several that wait exactly one. No clocks are compared.
 *
 * <p>An owner that stood still and goes on may have lost the lease without knowing. So it is a
 * {@link Fence}: whoever writes asks it right before, and it asks storage. Between that answer and
 * the write lies a moment that no lease closes; what is written there must bear it, as directories
 * that appear whole and never change do.
 *
 * <p>It is released when it is closed and when the process ends, unless by {@code kill -9}.
 */
public final class Lease implements Fence, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final Duration RELEASE = Duration.ofSeconds(10);

  /** After Spark's own (40), before the file systems are closed (10). */
  private static final int HOOK_PRIORITY = 20;

  /** Hadoop's own default, which it would look up by reading all of its settings. */
  private static final long HOOK_SECONDS = 30;

  /** How to wait; may throw to give up. */
  public interface Pause {
    /** Sleeps for so many milliseconds. */
    void sleep(long millis) throws IOException;
  }

  /**
   * What is asked for.
   *
   * @param what the directory, for people
   * @param command what this process does, for people; no secrets
   * @param pause between two looks at another's lease
   */
  public record Request(String what, String command, Pause pause) {}

  private enum State {
    HELD,
    LOST,
    RELEASED
  }

  private final Claims claims;
  private final Request request;
  private final LeaseTimes times;
  private final Thread beats;
  private final Runnable hook = this::close;
  private volatile State state = State.HELD;
  private volatile LeaseException loss; // null unless lost
  private Claim mine;

  private Lease(Claims claims, Request request, LeaseTimes times, Claim mine) {
    this.claims = claims;
    this.request = request;
    this.times = times;
    this.mine = mine;
    beats = DaemonThreads.create("hindsight-lease", this::beat);
  }

  /**
   * Gets the lease, after 20 s at the most.
   *
   * @param directory that the lease's files are in
   * @throws LeaseException if another holds it, naming who
   */
  public static Lease acquire(Storage storage, String directory, Request request)
      throws IOException {
    return acquire(storage, directory, request, LeaseTimes.USUAL);
  }

  static Lease acquire(Storage storage, String directory, Request request, LeaseTimes times)
      throws IOException {
    Claims claims = new Claims(storage, directory);
    Claim mine = new Acquisition(claims, request, times).run();
    Lease lease = new Lease(claims, request, times, mine);
    lease.start();
    return lease;
  }

  private void start() {
    beats.start();
    try {
      ShutdownHookManager.get()
          .addShutdownHook(hook, HOOK_PRIORITY, HOOK_SECONDS, TimeUnit.SECONDS);
    } catch (IllegalStateException processEnds) {
      close(); // nobody else would
    }
  }

  /** The fencing number: higher than those of all owners before. */
  public long number() {
    return mine.number();
  }

  /** The process that holds it: this one. */
  public Holder holder() {
    return mine.holder();
  }

  /**
   * Who holds a lease now, for people; empty if it is free. One who was killed on another machine
   * is still named, since only silence tells that.
   *
   * @param directory that the lease's files are in
   */
  public static Optional<String> heldBy(Storage storage, String directory) throws IOException {
    return new Claims(storage, directory)
        .newest()
        .filter(claim -> !claim.isReleased() && !(claim.isReadable() && claim.holder().hasEnded()))
        .map(Claim::describe);
  }

  @Override
  public synchronized void require() throws IOException {
    requireAsKnown();
    Optional<Claim> newest = claims.newest();
    if (newest.filter(mine::isOf).isEmpty()) {
      loss = LeaseException.lost(request.what(), newest, times.silence());
      state = State.LOST;
      throw loss;
    }
  }

  @Override
  public void requireAsKnown() {
    if (state == State.RELEASED) {
      throw LeaseException.released(request.what());
    }
    if (state == State.LOST) {
      throw LeaseException.again(loss);
    }
  }

  private void beat() {
    boolean isRefused = false;
    while (state == State.HELD) {
      try {
        Thread.sleep(times.beat().toMillis());
        beatOnce();
        isRefused = false;
      } catch (InterruptedException closed) {
        return;
      } catch (LeaseException lost) {
        LOG.error("{}", lost.getMessage());
        return;
      } catch (IOException refusal) {
        if (!isRefused) {
          LOG.warn("cannot renew the lease in {}: {}", claims.location(), refusal.toString());
        }
        isRefused = true;
      }
    }
  }

  private synchronized void beatOnce() throws IOException {
    if (state == State.HELD) {
      require();
      mine = mine.nextBeat();
      claims.replace(mine);
    }
  }

  /** Gives the lease up, if it is still held; another may have it at once. */
  @Override
  public synchronized void close() {
    if (state == State.HELD) {
      release();
    }
    beats.interrupt();
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException processEnds) {
      LOG.debug("released as the process ends");
    }
  }

  private void release() {
    try {
      new WriteRetry(RELEASE).write("the end of the lease", this::writeRelease);
    } catch (IOException refusal) {
      LOG.warn(
          "cannot release the lease in {}, which is free after {} s: {}",
          claims.location(),
          times.silence().toSeconds(),
          refusal.toString());
    } catch (LeaseException lost) {
      LOG.error("{}", lost.getMessage());
    }
    state = State.RELEASED;
  }

  private void writeRelease() throws IOException {
    require();
    claims.replace(mine.released());
  }
}

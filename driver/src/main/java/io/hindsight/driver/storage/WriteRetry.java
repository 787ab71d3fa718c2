package io.hindsight.driver.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a write that storage refuses again: after 1 s, 2 s, 4 s … and at most every 15 s, for two
 * minutes since the first refusal.
 *
 * <p>A client of HDFS waits by itself for a NameNode that is away. This is for what a file system
 * answers while it goes down or comes up, and for object stores that are busy: they refuse, and a
 * little later would not. What time does not mend, such as a full disk or a missing permission, is
 * not tried again.
 */
public final class WriteRetry {
  private static final Logger LOG = LoggerFactory.getLogger(WriteRetry.class);
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final long FIRST_WAIT = 1_000; // ms
  private static final long LONGEST_WAIT = 15_000; // ms

  private final long inAll; // ns
  private long firstRefusal;
  private long wait; // ms before the next attempt; 0 if the last one went well

  /** Of two minutes. */
  public WriteRetry() {
    this(TWO_MINUTES);
  }

  /** Of another length, counted from the first refusal of several in a row. */
  public WriteRetry(Duration inAll) {
    this.inAll = inAll.toNanos();
  }

  /** Something to write. */
  public interface Write {
    /** Writes, or fails with nothing written or the same thing as before. */
    void run() throws IOException;
  }

  /**
   * What to do after a refusal.
   *
   * @return how many milliseconds to wait before the next attempt; empty to give up
   */
  public Optional<Long> after(IOException refusal) {
    long now = System.nanoTime();
    if (wait == 0) {
      firstRefusal = now;
    }
    if (!StorageException.mayPass(refusal) || now - firstRefusal >= inAll) {
      return Optional.empty();
    }
    wait = wait == 0 ? FIRST_WAIT : Math.min(2 * wait, LONGEST_WAIT);
    return Optional.of(wait);
  }

  /** The write went well. */
  public void succeeded() {
    wait = 0;
  }

  /**
   * Writes in this thread, as often as it takes.
   *
   * @param what is written, for the log
   * @throws IOException the last refusal, once the time for it is over
   */
  public void write(String what, Write write) throws IOException {
    while (true) {
      try {
        write.run();
        succeeded();
        return;
      } catch (IOException refusal) {
        Optional<Long> pause = after(refusal);
        if (pause.isEmpty()) {
          throw refusal;
        }
        warn(what, refusal, pause.get());
        sleep(pause.get(), refusal);
      }
    }
  }

  /** Says that a write was refused and when it is tried again. */
  public static void warn(String what, IOException refusal, long pause) {
    LOG.warn(
        "cannot write {} ({}); trying again in {} s",
        what,
        String.valueOf(refusal.getMessage()).lines().findFirst().orElse(""),
        pause / 1000);
  }

  private static void sleep(long millis, IOException refusal) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal;
    }
  }
}

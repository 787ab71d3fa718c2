package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How far data moves by itself: it has a trend, or a window is shorter than a season.
 *
 * <p>Of two windows over the same history that are apart by a share f of their length, a share 1 −
 * f of the rows is the same, and as the divergence is convex, it is at most f, whatever the other
 * rows hold. And the champion's data itself tells how far its later half was from its earlier one.
 * A column may move by the lesser of the two.
 */
final class Movement {
  private final double share;

  /**
   * From the champion's data to a window.
   *
   * @param champion absent in a first run, where nothing has moved
   */
  Movement(DataProfile now, Optional<DataProfile> champion) {
    share = champion.map(known -> share(now, known)).orElse(0.0);
  }

  private static double share(DataProfile now, DataProfile champion) {
    Optional<Instant> from = champion.first();
    Optional<Instant> to = champion.last();
    Optional<Instant> newest = now.last();
    if (from.isEmpty() || to.isEmpty() || newest.isEmpty()) {
      return 1;
    }
    double length = Duration.between(from.get(), to.get()).toSeconds();
    double moved = Math.abs(Duration.between(to.get(), newest.get()).toSeconds());
    return length <= 0 ? 1 : Math.min(1, moved / length);
  }

  /** The share of its length that the window moved by; 1 where it is not known. */
  double share() {
    return share;
  }

  /** How far a column may have moved, in bits, of whose champion's values this is known. */
  double of(Histogram known) {
    return of(counts(known.earlier()), counts(known.later()));
  }

  private static long[] counts(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The same.
   *
   * @param earlier counts of the champion's values up to the median time // (B)
   * @param later of those after it // (B)
   */
  double of(long[] earlier, long[] later) {
    boolean hasHalves = LongStream.of(later).sum() > 0 && LongStream.of(earlier).sum() > 0;
    double own = hasHalves ? Divergence.jensenShannon(earlier, later) : 0;
    return Math.min(own, share);
  }
}

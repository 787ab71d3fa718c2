package io.hindsight.driver.lease;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to get a lease. It is free if nobody ever had it, if it was released, if its owner
 * was a process of this machine that has ended, and if its owner is silent while this one looks on
 * for long enough. A sign of life ends the attempt.
 *
 * <p>Free means that a claim with the next number may be created; storage lets one succeed.
 */
final class Acquisition {
  private static final Logger LOG = LoggerFactory.getLogger(Acquisition.class);

  private final Claims claims;
  private final Lease.Request request;
  private final LeaseTimes times;
  private Claim mine;
  private Claim seen; // null before the first look
  private long since; // when it was seen first
  private boolean isFresh; // the claim that counts was created while this one looked on

  Acquisition(Claims claims, Lease.Request request, LeaseTimes times) {
    this.claims = claims;
    this.request = request;
    this.times = times;
    mine = Claim.of(0, request.command());
  }

  /**
   * The claim of this process.
   *
   * @throws LeaseException if another holds the lease
   */
  Claim run() throws IOException {
    claims.createDirectory();
    while (true) {
      Optional<Claim> newest = claims.newest();
      if (newest.isEmpty() || isFree(newest.get())) {
        if (take(newest.map(Claim::number).orElse(0L) + 1)) {
          claims.deleteBefore(mine);
          return mine;
        }
        isFresh = true;
      } else {
        look(newest.get());
      }
    }
  }

  private boolean isFree(Claim claim) throws IOException {
    return claim.isReleased()
        || (claim.isReadable() && claim.holder().hasEnded())
        || (claim.equals(seen) && isSilent());
  }

  /** Longer than the bound, and a fresh look changes nothing. */
  private boolean isSilent() throws IOException {
    if (System.nanoTime() - since < times.silence().toNanos()) {
      return false;
    }
    claims.refresh();
    return claims.newest().filter(seen::equals).isPresent();
  }

  /**
   * Whether this process holds the lease now. A claim that came too late, below another, is taken
   * back; one that is there although storage refused it, since its answer was lost, counts.
   */
  private boolean take(long number) throws IOException {
    mine = mine.withNumber(number);
    boolean isCreated = claims.create(mine);
    if (claims.newest().filter(mine::isOf).isPresent()) {
      return true;
    }
    if (isCreated) {
      claims.delete(mine);
    }
    return false;
  }

  private void look(Claim claim) throws IOException {
    boolean hasMoved = isFresh || (seen != null && !claim.equals(seen));
    if (hasMoved && claim.isReadable()) {
      throw LeaseException.held(request.what(), claim, times.silence());
    }
    if (!claim.equals(seen)) {
      LOG.info(
          "{} is held by {}; looking for a sign of life, {} s at most",
          request.what(),
          claim.describe(),
          times.silence().toSeconds());
      seen = claim;
      since = System.nanoTime();
    }
    request.pause().sleep(times.look().toMillis());
  }
}

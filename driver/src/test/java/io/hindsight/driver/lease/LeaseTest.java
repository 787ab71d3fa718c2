package io.hindsight.driver.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dhindsight.rounds=5000} races more often. */
@Timeout(600)
class LeaseTest {
  private static final Storage DISK = new LocalStorage();

  private static final int ROUNDS = Integer.getInteger("hindsight.rounds", 40);

  @TempDir private Path folder;

  @Test
  void shouldBeGivenToOneOfManyOnDisk() throws Exception {
    LeaseRaces.assertOneWinnerEachRound(DISK, folder.toString(), 8, ROUNDS);
    String last = String.format(Locale.ROOT, "%08d.json", ROUNDS);
    assertEquals(List.of(last), Leases.files(DISK, folder.toString()));
  }

  @Test
  void shouldBeGivenToOneOfManyInAnObjectStore() throws Exception {
    String bucket = "bucket://" + UUID.randomUUID() + "/run";
    Storage store = Storage.of(bucket, ObjectStoreFileSystem::configuration);
    LeaseRaces.assertOneWinnerEachRound(store, bucket, 8, ROUNDS);
    LeaseRaces.assertOneTakesOver(store, bucket + "-taken", 6);
  }

  @Test
  void shouldBeTakenOverByOneOfManyWhenItsOwnerIsSilent() throws Exception {
    LeaseRaces.assertOneTakesOver(DISK, folder.toString(), 6);
  }

  /** Clocks decide nothing: this owner's is 70 years ahead. */
  @Test
  void shouldNotBeTakenFromAnOwnerThatGivesSignsOfLife() throws Exception {
    Claim claim = Leases.elsewhere(7);
    Leases.put(DISK, folder.toString(), claim);
    Thread far = new Thread(() -> beat(claim));
    far.start();
    try {
      LeaseException refusal =
          assertThrows(LeaseException.class, () -> Leases.acquire(folder, Leases.QUICK));
      assertTrue(refusal.isHeld());
      String words =
          "is in use by process 4711 on host far-away (train co2, since 2099-01-01T00:00:00Z)";
      assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("wait until it has ended"), refusal.getMessage());
    } finally {
      far.interrupt();
      far.join();
    }
    assertEquals(List.of("00000007.json"), Leases.files(DISK, folder.toString()));
  }

  private void beat(Claim claim) {
    try {
      for (Claim next = claim; ; next = next.nextBeat()) {
        Leases.put(DISK, folder.toString(), next);
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever is killed between two writes leaves a claim that is empty, or a part of one. */
  @Test
  void shouldBeTakenOverFromAnOwnerThatWasKilledWhileItClaimed() throws Exception {
    byte[] whole = Leases.elsewhere(3).toJson();
    for (int length = 0; length < whole.length - 1; length += 23) {
      String run = folder.resolve("cut-" + length).toString();
      LeaseTimes times =
          new LeaseTimes(Leases.QUICK.beat(), Leases.PATIENT.beat(), Leases.QUICK.look());
      Leases.put(DISK, run, Leases.elsewhere(2));
      Leases.put(DISK, run, 3, Arrays.copyOf(whole, length));
      Leases.put(DISK, run, 1, new byte[0]);
      DISK.replace(run + "/lease/.tmp-look-0", new byte[9]);
      try (Lease lease = Leases.acquire(DISK, run, times)) {
        assertEquals(4, lease.number());
        assertEquals(List.of("00000004.json"), Leases.files(DISK, run));
      }
    }
  }

  @Test
  void shouldBeFreeAtOnceAfterItsRelease() throws Exception {
    Lease first = Leases.acquire(folder, Leases.PATIENT);
    first.close();
    assertTrue(Leases.read(DISK, folder.toString(), 1).contains("\"released\""));
    try (Lease second = Leases.acquire(folder, Leases.PATIENT)) {
      assertEquals(2, second.number());
      LeaseException late = assertThrows(LeaseException.class, first::require);
      assertFalse(late.isHeld());
      first.close();
      second.require();
    }
  }

  @Test
  void shouldBeLostToWhoeverTookOver() throws Exception {
    try (Lease lease = Leases.acquire(folder, Leases.PATIENT)) {
      lease.require();
      Leases.put(DISK, folder.toString(), Leases.elsewhere(2));
      LeaseException loss = assertThrows(LeaseException.class, lease::require);
      assertTrue(loss.isHeld());
      assertTrue(loss.getMessage().contains("process 4711 on host far-away"), loss.getMessage());
      assertThrows(LeaseException.class, lease::requireAsKnown);
    }
    String other = Leases.read(DISK, folder.toString(), 2);
    assertEquals(new String(Leases.elsewhere(2).toJson(), UTF_8), other, "it is left alone");
  }

  @Test
  void shouldNoticeItsLossByItself() throws Exception {
    try (Lease lease = Leases.acquire(folder, Leases.PATIENT)) {
      Leases.put(DISK, folder.toString(), Leases.elsewhere(2).released());
      while (true) {
        try {
          lease.requireAsKnown();
          Thread.sleep(1);
        } catch (LeaseException loss) {
          assertFalse(loss.isHeld(), "the other has ended");
          return;
        }
      }
    }
  }

  @Test
  void shouldBeLostWhenItsFilesAreDeletedAndMadeAnew() throws Exception {
    try (Lease lease = Leases.acquire(folder, Leases.QUICK)) {
      DISK.delete(folder + "/lease");
      try (Lease other = Leases.acquire(folder, Leases.PATIENT)) {
        assertEquals(lease.number(), other.number());
        assertThrows(LeaseException.class, lease::require);
        other.require();
      }
    }
  }
}

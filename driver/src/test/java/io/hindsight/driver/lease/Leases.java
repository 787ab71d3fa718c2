package io.hindsight.driver.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Leases with bounds that a test can wait for. */
public final class Leases {
  /** Whoever is silent for half a second loses it. */
  static final LeaseTimes QUICK =
      new LeaseTimes(Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(5));

  /** Silence is borne for longer than any test lasts. */
  static final LeaseTimes PATIENT =
      new LeaseTimes(Duration.ofMillis(5), Duration.ofMinutes(30), Duration.ofMillis(1));

  private Leases() {}

  static Lease acquire(Path folder, LeaseTimes times) throws IOException {
    return acquire(new LocalStorage(), folder.toString(), times);
  }

  static Lease acquire(Storage storage, String folder, LeaseTimes times) throws IOException {
    Lease.Request request = new Lease.Request("folder " + folder, "test", Leases::sleep);
    return Lease.acquire(storage, folder + "/lease", request, times);
  }

  /** A lease that is lost by half a second of silence; all who want it must ask for it so. */
  public static Lease quick(Storage storage, String folder) throws IOException {
    return acquire(storage, folder, QUICK);
  }

  /** Has another process take the lease from whoever has it. */
  public static void takeAway(Storage storage, String folder, long number) throws IOException {
    put(storage, folder, elsewhere(number));
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** The claim of a process on a machine that nobody here can ask. */
  static Claim elsewhere(long number) {
    Holder far = new Holder("far-away", 4711, 1, "another boot", "alice");
    return new Claim(number, "owner-" + number, far, "train co2", "2099-01-01T00:00:00Z", false, 9);
  }

  static void put(Storage storage, String folder, long number, byte[] content) throws IOException {
    storage.createDirectory(folder + "/lease");
    storage.replace("%s/lease/%08d.json".formatted(folder, number), content);
  }

  static void put(Storage storage, String folder, Claim claim) throws IOException {
    put(storage, folder, claim.number(), claim.toJson());
  }

  static List<String> files(Storage storage, String folder) throws IOException {
    return storage.list(folder + "/lease").stream()
        .filter(name -> !name.startsWith(Storage.TEMPORARY + "0")) // a sign of life on its way
        .toList();
  }

  static String read(Storage storage, String folder, long number) throws IOException {
    try (var in = storage.open("%s/lease/%08d.json".formatted(folder, number))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

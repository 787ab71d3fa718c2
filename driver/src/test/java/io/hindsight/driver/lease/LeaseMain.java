package io.hindsight.driver.lease;

import io.hindsight.driver.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that holds a lease, which a test may stop, kill or race against others. */
final class LeaseMain {
  private LeaseMain() {}

  /**
   * Holds a lease.
   *
   * @param args {@code write}: appends lines to {@code lines} as long as it may; {@code count N}:
   *     adds 1 to {@code count} N times, each under the lease; then the folder
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[args.length - 1]);
    if (args[0].equals("write")) {
      write(folder);
    } else {
      count(folder, Integer.parseInt(args[1]));
    }
  }

  private static void write(Path folder) throws Exception {
    try (Lease lease = Leases.acquire(folder, Leases.QUICK)) {
      while (true) {
        lease.require();
        String line = lease.number() + "\n";
        Files.writeString(
            folder.resolve("lines"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Thread.sleep(1);
      }
    } catch (LeaseException lost) {
      System.out.println("LOST " + lost.isHeld() + " " + lost.getMessage());
    }
  }

  private static void count(Path folder, int times) throws Exception {
    Path count = folder.resolve("count");
    for (int made = 0; made < times; ) {
      try (Lease lease = Leases.acquire(folder, Leases.PATIENT)) {
        int before = read(count);
        Thread.yield();
        lease.require();
        new LocalStorage()
            .replace(count.toString(), String.valueOf(before + 1).getBytes(StandardCharsets.UTF_8));
        made++;
      } catch (LeaseException refused) {
        Thread.sleep(1);
      }
    }
  }

  private static int read(Path count) throws IOException {
    try {
      return Integer.parseInt(Files.readString(count));
    } catch (NoSuchFileException first) {
      return 0;
    }
  }
}

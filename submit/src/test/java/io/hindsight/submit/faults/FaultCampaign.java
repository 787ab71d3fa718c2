package io.hindsight.submit.faults;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The fault campaign, as {@code .ci/faults} starts it: {@code MINUTES SEED FOLDER}. Begins no run
 * that would not end within so many minutes if it took as long as the longest so far, but makes one
 * at least; ends with code 1 where a promise was broken.
 */
public final class FaultCampaign {
  private FaultCampaign() {}

  /** Runs the campaign. */
  public static void main(String[] args) {
    int code = 2;
    try {
      code = run(seconds(args[0]), Long.parseLong(args[1]), Path.of(args[2])) ? 0 : 1;
    } catch (Exception noPlace) {
      noPlace.printStackTrace();
    }
    System.exit(code); // Hadoop leaves threads behind
  }

  private static Duration seconds(String minutes) {
    return Duration.ofSeconds(Math.round(60 * Double.parseDouble(minutes)));
  }

  /** Whether every promise was kept. */
  private static boolean run(Duration time, long seed, Path where) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    Path folder = Files.createDirectories(where.toAbsolutePath());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf("fault campaign, seed %d, in %s%n", seed, where);
    try (Place place = new Place(folder)) {
      Report report = new Report(out, folder.resolve("faults.json"), seed, place.impossible());
      Campaign campaign = new Campaign(folder, place, report);
      long next = seed;
      long longest = 0;
      do {
        long start = System.nanoTime();
        campaign.run(next++);
        longest = Math.max(longest, System.nanoTime() - start);
      } while (System.nanoTime() + longest < end);
      return report.conclude();
    }
  }
}

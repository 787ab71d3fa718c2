package io.hindsight.driver.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A process, so described that another on the same machine can tell that it has ended.
 *
 * <p>A number of a process says nothing by itself: it is given again, and containers count their
 * own. So Linux's boot and the namespaces of the numbers and of the clock must be the same, and so
 * must the user, since a system may hide the processes of others; and the process must have begun
 * at the same tick of that boot's clock, which no change of the time of day moves. Where any of it
 * is not known, as on other systems, only silence tells that a process is gone.
 *
 * @param host name of the machine, for people
 * @param process its number there
 * @param startTicks when it began, in ticks since the boot; -1 if not known
 * @param machine boot and namespaces; empty if not known
 * @param user who runs it
 */
public record Holder(String host, long process, long startTicks, String machine, String user) {
  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0; // of the fields after the program's name
  private static final int START = 19;

  /** This process. */
  static Holder current() {
    long process = ProcessHandle.current().pid();
    long start = startOf(process).orElse(-1);
    return new Holder(hostName(), process, start, machineName(), System.getProperty("user.name"));
  }

  /** Whether it is known to have ended; false wherever that cannot be told from here. */
  boolean hasEnded() {
    Holder here = current();
    boolean canTell =
        startTicks >= 0
            && !machine.isEmpty()
            && machine.equals(here.machine)
            && host.equals(here.host)
            && user.equals(here.user)
            && here.startTicks >= 0;
    return canTell && startOf(process).orElse(-1) != startTicks;
  }

  /**
   * When a process began; empty if there is none of the number, or a dead one not yet collected.
   */
  private static OptionalLong startOf(long process) {
    try {
      String stat = Files.readString(PROC.resolve(process + "/stat"), StandardCharsets.ISO_8859_1);
      // 4711 (any name, even with parentheses) S 1 …
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean isDead = "ZXx".contains(fields[STATE]);
      return isDead ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    } catch (IOException | RuntimeException noSuchProcess) {
      return OptionalLong.empty();
    }
  }

  private static String machineName() {
    try {
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(namespace("pid")) + timeNamespace();
    } catch (IOException | RuntimeException noLinux) {
      return "";
    }
  }

  /** Containers may count the ticks since the boot otherwise; Linux before 5.6 lets none do so. */
  private static String timeNamespace() throws IOException {
    Path link = namespace("time");
    return Files.exists(link, LinkOption.NOFOLLOW_LINKS) ? " " + Files.readSymbolicLink(link) : "";
  }

  private static Path namespace(String kind) {
    return PROC.resolve("self/ns").resolve(kind);
  }

  private static String hostName() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/hostname")).strip();
    } catch (IOException noLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "unknown";
      }
    }
  }
}

package io.hindsight.driver.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a cluster's processes live: on this machine's loopback, or in a namespace of their own. */
public interface Isolation extends AutoCloseable {

  /**
   * Prepares a command for the place.
   *
   * @param command program and arguments
   * @return the command that runs it there
   */
  List<String> wrap(List<String> command);

  /** The address of the processes here, which those of other places reach them by. */
  default String host() {
    return "127.0.0.1";
  }

  /**
   * The place of a worker, where that is another than the master's and the driver's.
   *
   * @param number from 0
   */
  default Isolation ofWorker(int number) {
    return this;
  }

  @Override
  void close();

  /** Processes share this machine's network; a driver in the test's own JVM can join them. */
  static Isolation loopback() {
    return new Isolation() {
      @Override
      public List<String> wrap(List<String> command) {
        return command;
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Processes get a network and process numbers of their own, and all end with it. Where the system
   * does not permit that, says so on standard error and shares the machine's: every port is chosen
   * by the system there, so runs side by side still do not meet.
   *
   * @param folder receives the log of the process that holds the namespace
   */
  static Isolation namespaceIfPermitted(Path folder) throws IOException, InterruptedException {
    LoggedProcess holder;
    try {
      holder = LoggedProcess.start(Namespace.HOLD, Map.of(), folder.resolve("namespace.log"));
    } catch (IOException noSuchProgram) {
      return shared(noSuchProgram.getMessage());
    }
    try {
      holder.await(Pattern.compile("^ready$", Pattern.MULTILINE), Duration.ofSeconds(10));
    } catch (IOException refused) {
      holder.close();
      return shared(refused.getMessage());
    }
    return new Namespace(holder);
  }

  private static Isolation shared(String reason) {
    System.err.println("No namespace of its own for the cluster, so it shares this one: " + reason);
    return loopback();
  }

  /** A network and process namespace, kept by a sleeping first process that bounds its life. */
  final class Namespace implements Isolation {
    private static final List<String> HOLD =
        List.of(
            "unshare",
            "--net",
            "--pid",
            "--fork",
            "--mount-proc",
            "--kill-child",
            "sh",
            "-c",
            "ip link set lo up && echo ready && exec sleep 900");

    private final LoggedProcess holder;

    private Namespace(LoggedProcess holder) {
      this.holder = holder;
    }

    @Override
    public List<String> wrap(List<String> command) {
      ProcessHandle first = holder.handle().children().findFirst().orElseThrow();
      List<String> entered =
          new ArrayList<>(
              List.of("nsenter", "--target", "" + first.pid(), "--net", "--pid", "--mount"));
      entered.addAll(command);
      return entered;
    }

    @Override
    public void close() {
      holder.close();
    }
  }
}

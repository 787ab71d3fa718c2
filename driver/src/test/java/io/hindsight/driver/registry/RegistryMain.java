package io.hindsight.driver.registry;

import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.storage.Storage;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** A process that changes the champion, which a test may race against others, stop and kill. */
final class RegistryMain {
  private static final Random RANDOM = new Random(ProcessHandle.current().pid());

  private RegistryMain() {}

  /**
   * Changes the champion between two versions, {@code a} and {@code b}.
   *
   * @param args how many entries the log of a registry has in the end, or 0 to go on for ever; how
   *     many of them this process writes; then the folders of the registries, each of which is left
   *     when its log is complete
   */
  public static void main(String[] args) throws Exception {
    long entries = Long.parseLong(args[0]);
    int times = entries == 0 ? Integer.MAX_VALUE : Integer.parseInt(args[1]);
    for (String folder : List.of(args).subList(2, args.length)) {
      Storage storage = Storage.of(folder, Configuration::new);
      Registries registries = new Registries(storage, folder);
      compete(registries, times, entries == 0 ? times : 1);
      while (registries.registry().state().orElseThrow().number() < entries) {
        Thread.sleep(5);
      }
    }
  }

  private static void compete(Registries registries, int times, int inARow) throws Exception {
    for (int made = 0; made < times; ) {
      try (RegistryWriter writer = registries.writer()) {
        for (int i = 0; i < inARow; i++, made++) {
          change(registries.registry(), writer);
        }
      } catch (LeaseException refused) {
        if (!refused.getMessage().contains("is in use by")) {
          System.out.println("LOST " + refused.getMessage());
        }
      }
      Thread.sleep(1 + RANDOM.nextInt(40)); // others have their turn, and a look costs something
    }
  }

  private static void change(Registry registry, RegistryWriter writer) throws Exception {
    String other = registry.state().orElseThrow().version().equals("a") ? "b" : "a";
    writer.promote(other, false, "process " + ProcessHandle.current().pid());
  }
}

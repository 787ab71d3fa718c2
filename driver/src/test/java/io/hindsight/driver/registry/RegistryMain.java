package io.hindsight.driver.registry;

import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.storage.Storage;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** A process that changes the champion, which a test may race against others, stop and kill. */
final class RegistryMain {
  private RegistryMain() {}

  /**
   * Changes the champion between two versions, {@code a} and {@code b}.
   *
   * @param args the folder of the registry, and how many times; 0 is for ever
   */
  public static void main(String[] args) throws Exception {
    Storage storage = Storage.of(args[0], Configuration::new);
    Registries registries = new Registries(storage, args[0]);
    int times = Integer.parseInt(args[1]);
    Random random = new Random(ProcessHandle.current().pid());
    int inARow = times == 0 ? Integer.MAX_VALUE : 1;
    for (int made = 0; times == 0 || made < times; ) {
      try (RegistryWriter writer = registries.writer()) {
        for (int i = 0; i < inARow; i++, made++) {
          change(registries.registry(), writer);
        }
      } catch (LeaseException refused) {
        if (!refused.getMessage().contains("is in use by")) {
          System.out.println("LOST " + refused.getMessage());
        }
        Thread.sleep(1 + random.nextInt(3));
      }
    }
  }

  private static void change(Registry registry, RegistryWriter writer) throws Exception {
    String other = registry.state().orElseThrow().version().equals("a") ? "b" : "a";
    writer.promote(other, false, "process " + ProcessHandle.current().pid());
  }
}

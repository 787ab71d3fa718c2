package io.hindsight.driver.registry;

import io.hindsight.driver.storage.LocalStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writers in processes of their own; {@link RegistryRaces} tells how to have more of them. */
@Timeout(3600)
class RegistryProcessTest {
  @TempDir private Path folder;

  @Test
  void shouldLoseNoChangeOfManyProcesses() throws Exception {
    new RegistryRaces(new LocalStorage(), folder.toString(), folder).assertNoChangeIsLost();
  }

  @Test
  void shouldFenceAnOwnerThatStoodStill() throws Exception {
    new RegistryRaces(new LocalStorage(), folder.toString(), folder).assertAStaleOwnerIsFenced();
  }
}

package io.hindsight.driver.registry;

import io.hindsight.driver.storage.LocalStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers in processes of their own. More of them, more often and more stops with {@code
 * -Dhindsight.contenders=8 -Dhindsight.rounds=5000 -Dhindsight.stops=50}.
 */
@Timeout(3600)
class RegistryProcessTest {
  private static final int CONTENDERS = Integer.getInteger("hindsight.contenders", 3);
  private static final int ROUNDS = Integer.getInteger("hindsight.rounds", 9);
  private static final int STOPS = Integer.getInteger("hindsight.stops", 1);

  @TempDir private Path folder;

  @Test
  void shouldLoseNoChangeOfManyProcesses() throws Exception {
    new RegistryRaces(new LocalStorage(), folder.toString(), folder)
        .assertNoChangeIsLost(CONTENDERS, ROUNDS / CONTENDERS);
  }

  @Test
  void shouldFenceAnOwnerThatStoodStill() throws Exception {
    new RegistryRaces(new LocalStorage(), folder.toString(), folder)
        .assertAStaleOwnerIsFenced(STOPS);
  }
}

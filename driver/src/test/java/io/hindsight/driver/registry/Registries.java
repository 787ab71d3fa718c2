package io.hindsight.driver.registry;

import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.Leases;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.model.TestModels;
import io.hindsight.driver.storage.FencedStorage;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.util.List;

/** A registry of small models, on any storage. */
final class Registries {
  private final Storage storage;
  private final String location;

  Registries(Storage storage, String folder) {
    this.storage = storage;
    location = folder + "/registry";
  }

  Registry registry() {
    return Registry.open(location, storage);
  }

  String location() {
    return location;
  }

  /** Writes under a lease that is lost by half a second of silence. */
  RegistryWriter writer() throws IOException {
    Lease lease = Leases.quick(storage, location);
    Registry behind = Registry.open(location, new FencedStorage(storage, lease));
    return new RegistryWriter(behind, lease, "test");
  }

  /** The model of a seed, written where it is not yet. */
  ModelFolder model(long seed) throws IOException {
    String model = location + "-models/" + seed;
    if (!storage.exists(model + "/" + Storage.COMMIT)) {
      TestModels.save(storage, model, seed);
    }
    return ModelFolder.open(storage, model);
  }

  /** Publishes the model of a seed as a version of that name. */
  Version publish(RegistryWriter writer, String id, long seed) throws IOException {
    ModelFolder model = model(seed);
    return writer.publish(id, model, blessed(), TrainingData.of(model.description()));
  }

  /** Publishes versions with seeds of 1, 2, …, and promotes each. */
  void promoteAll(String... ids) throws IOException {
    try (RegistryWriter writer = writer()) {
      for (int i = 0; i < ids.length; i++) {
        publish(writer, ids[i], i + 1);
        writer.promote(ids[i], false, "better");
      }
    }
  }

  static Blessing blessed() {
    Blessing.Check check = new Blessing.Check("rmse", 0.31, 0.35, true);
    Blessing.Check missing =
        new Blessing.Check("golden", Double.NaN, Double.POSITIVE_INFINITY, true);
    return new Blessing(
        true,
        List.of("rmse 0.31 is below 0.35"),
        List.of(check, missing),
        Json.object().put("rmse", 0.31),
        Json.object().put("rmse", 0.33),
        Json.object().put("rows", 120));
  }
}

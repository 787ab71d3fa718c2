package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.RegistryAccess.Change;
import java.util.Optional;

/**
 * A change of the log that is made and told, to {@link MlflowChampion}, too.
 *
 * <pre>
 * {"registry": "…", "changed": true, "entry": {…}}
 * </pre>
 *
 * @param pointer the entry that counts now
 * @param before the one that counted before; absent for the first
 */
record PointerChange(Pointer pointer, Optional<Pointer> before) {

  /** Makes a change and prints it. */
  static void run(RegistryOptions options, Change<Pointer> change) {
    options.check();
    PointerChange made =
        RegistryAccess.change(
            options.location(),
            options.name(),
            writer -> {
              Optional<Pointer> before = writer.state();
              return new PointerChange(change.by(writer), before);
            });
    if (made.changesChampion()) {
      MlflowChampion.tell(options.location(), made.pointer().version());
    }
    ObjectNode object = options.object().put("changed", made.isNew());
    RegistryJson.put(object.putObject("entry"), made.pointer());
    options.print(RegistryText.line(made.pointer(), made.isNew()), object);
  }

  /** Whether it was written for this change. */
  private boolean isNew() {
    return !before.equals(Optional.of(pointer));
  }

  private boolean changesChampion() {
    return !before.map(Pointer::version).equals(Optional.of(pointer.version()));
  }
}

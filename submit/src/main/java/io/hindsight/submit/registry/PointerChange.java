package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.RegistryAccess.Change;
import java.util.Optional;

/**
 * A change of the log that is made and told.
 *
 * <pre>
 * {"registry": "…", "changed": true, "entry": {…}}
 * </pre>
 *
 * @param pointer the entry that counts now
 * @param isNew whether it was written for this change
 */
record PointerChange(Pointer pointer, boolean isNew) {

  /** Makes a change and prints it. */
  static void run(RegistryOptions options, Change<Pointer> change) {
    options.check();
    PointerChange made =
        RegistryAccess.change(
            options.location(),
            options.name(),
            writer -> {
              Optional<Pointer> before = writer.state();
              Pointer pointer = change.by(writer);
              return new PointerChange(pointer, !before.equals(Optional.of(pointer)));
            });
    ObjectNode object = options.object().put("changed", made.isNew());
    RegistryJson.put(object.putObject("entry"), made.pointer());
    options.print(RegistryText.line(made.pointer(), made.isNew()), object);
  }
}

package io.hindsight.datasets.chunks;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.stored.EncodedStore;
import java.util.Optional;

/**
 * Where what is encoded of a table is kept.
 *
 * @param local what of it the driver keeps by itself
 * @param shared keeps it for all tasks and later runs; absent if only the driver does
 */
public record DataStore(EncodedStore local, Optional<SharedStore> shared) {
  /** The driver alone. */
  public static DataStore of(EncodedStore local) {
    return new DataStore(local, Optional.empty());
  }

  /** The same of tables that are encoded as the training data of a model was. */
  public DataStore keeping(Encoding encoding) {
    return new DataStore(local, shared.map(some -> some.keeping(encoding)));
  }

  /** All on the driver's heap. */
  public static DataStore onHeap() {
    return of(EncodedStore.onHeap());
  }
}

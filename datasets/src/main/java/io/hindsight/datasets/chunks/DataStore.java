package io.hindsight.datasets.chunks;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.stored.EncodedStore;
import java.util.Optional;

/**
 * Where what is encoded of a table is kept.
 *
 * @param local what of it the driver keeps by itself
 * @param shared keeps it for all tasks and later runs; absent if only the driver does
 * @param always whether it also keeps what the driver's heap has room for
 */
public record DataStore(EncodedStore local, Optional<SharedStore> shared, boolean always) {
  /** Shared storage for all that is encoded. */
  public DataStore(EncodedStore local, Optional<SharedStore> shared) {
    this(local, shared, true);
  }

  /** The driver alone. */
  public static DataStore of(EncodedStore local) {
    return new DataStore(local, Optional.empty());
  }

  /**
   * What keeps a table.
   *
   * @param bytes of the table when it is encoded, about
   * @return absent if the driver does alone
   */
  public Optional<SharedStore> shared(long bytes) {
    return shared.filter(some -> always || bytes > local.heap());
  }

  /** The same of tables that are encoded as the training data of a model was. */
  public DataStore keeping(Encoding encoding) {
    return new DataStore(local, shared.map(some -> some.keeping(encoding)), always);
  }

  /**
   * The same of tables that are made by more than the configuration says.
   *
   * @param more such as what a file holds that it names
   */
  public DataStore madeBy(String more) {
    return new DataStore(local, shared.map(some -> some.madeBy(more)), always);
  }

  /** All on the driver's heap. */
  public static DataStore onHeap() {
    return of(EncodedStore.onHeap());
  }
}

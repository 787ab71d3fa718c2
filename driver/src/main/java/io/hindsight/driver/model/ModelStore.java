package io.hindsight.driver.model;

import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileContent;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes and reads model directories, which appear whole and are never changed.
 *
 * <pre>
 * model/
 *   weights.safetensors    every parameter, F64, by PyTorch's names
 *   optimizer.safetensors  the optimizer's arrays, if they were given
 *   model.json             see {@link ModelDescription}
 *   MANIFEST.json          length and SHA-256 of the others; written last
 * </pre>
 *
 * <p>A location is a path of this machine, or a URI: {@code file:} or any scheme of Hadoop; see
 * {@link Storage} for how each is written.
 */
public final class ModelStore {
  private final Function<String, Storage> storages;

  /** With the Hadoop settings given to Spark, read only if a URI needs them. */
  public ModelStore() {
    this(HadoopSettings::configuration);
  }

  /**
   * With a given configuration of Hadoop.
   *
   * @param hadoop asked only if a location is a URI of Hadoop
   */
  public ModelStore(Supplier<Configuration> hadoop) {
    storages = location -> Storage.of(location, hadoop);
  }

  /** In one storage, for all locations. */
  public ModelStore(Storage storage) {
    storages = unused -> storage;
  }

  /**
   * Writes a model.
   *
   * @throws ModelException if something is at the location already
   */
  public void save(String location, ModelDescription description, Parameters parameters)
      throws IOException {
    ImmutableDirectory.write(storage(location), location, ModelFiles.of(description, parameters));
  }

  /**
   * Writes a model with the state of its optimizer, so that training can go on from it.
   *
   * @param slots the optimizer's arrays by name
   * @throws ModelException if something is at the location already
   */
  public void save(
      String location,
      ModelDescription description,
      Parameters parameters,
      SortedMap<String, double[]> slots)
      throws IOException {
    SortedMap<String, FileContent> files = ModelFiles.of(description, parameters);
    files.put(ModelFiles.OPTIMIZER, ModelFiles.vectors(slots));
    ImmutableDirectory.write(storage(location), location, files);
  }

  /**
   * Reads and verifies a model; a checkpoint is one too.
   *
   * @throws ModelException if it is not there, not complete, damaged or of a newer format
   */
  public StoredModel load(String location) throws IOException {
    return ModelFiles.read(ImmutableDirectory.open(storage(location), location));
  }

  Storage storage(String location) {
    return storages.apply(location);
  }
}

package io.hindsight.driver.run;

import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.export.NewFile;
import io.hindsight.driver.export.torch.StateDict;
import io.hindsight.driver.export.torch.TensorNames;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.Safetensors;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.score.ConformalMargins;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.driver.storage.Hashes;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A model whose weights another program trained. All else is that of a run by a configuration that
 * makes no step: its network, and its encoding, which is fitted to the training part.
 *
 * @param location of the model directory
 * @param parameters how many it has
 * @param weightsSha256 hash of the weights
 */
public record ModelImport(String location, int parameters, String weightsSha256) {
  /** In a model's metadata: the SHA-256 of the file that its weights came from. */
  public static final String FILE_HASH = "imported_sha256";

  private static final String OPTION = "--pytorch";

  /**
   * Makes a model directory.
   *
   * @param file in the safetensors format, a path or URI
   * @param names of its modules
   * @param output the directory, which must not exist
   * @throws ModelException if the file cannot be read, or holds other tensors than the network's
   * @throws ConfigException if the configuration begins with other weights
   */
  public static ModelImport of(RunConfig config, String file, TensorNames names, String output) {
    refuseStart(config, file);
    NewFile.of("--output", output);
    MessageDigest sha = Hashes.newSha256();
    StateDict tensors = read(file, sha);
    try (Sessions session = Sessions.forRun(config)) {
      RunData data =
          WarmStart.read(Optional.empty(), config, new Reading(), session.dataStore(config));
      ConformalMargins.requireEnough(data);
      Parameters parameters =
          answering(data, tensors.parameters(new ParameterLayout(data.spec()), names));
      ModelDescription description =
          Descriptions.of(config, data.with(parameters.layout().spec()), Optional.empty())
              .with(FILE_HASH, Hashes.hex(sha.digest()));
      save(output, description, parameters);
      return new ModelImport(output, parameters.values().length, WeightsHash.of(parameters));
    }
  }

  private static void refuseStart(RunConfig config, String file) {
    config
        .training()
        .start()
        .ifPresent(
            start -> {
              throw ConfigException.of(
                  "training.start-from " + start.from(),
                  "the weights are those of %s; delete the line".formatted(file));
            });
  }

  private static void save(String output, ModelDescription description, Parameters parameters) {
    try {
      new ModelStore().save(output, description, parameters);
    } catch (FileSystemException refused) {
      throw ConfigException.of(
          "--output " + output,
          "the model cannot be written (%s); name a directory in a folder that can be written"
              .formatted(reason(refused)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model " + output, e);
    }
  }

  /** With the margins of intervals, which a run finds at its end. */
  private static Parameters answering(RunData data, Parameters parameters) {
    return data.spec().output().options().margins().isPresent()
        ? ConformalMargins.calibrated(data, parameters)
        : parameters;
  }

  private static String reason(FileSystemException refused) {
    return refused.getReason() == null ? refused.toString() : refused.getReason();
  }

  private static StateDict read(String file, MessageDigest sha) {
    try {
      Storage storage = Storage.of(file, HadoopSettings::configuration);
      if (Storage.isLocal(file) && Files.isDirectory(LocalStorage.path(file))) {
        throw new ModelException(
            Kind.NOT_SAFETENSORS, OPTION + " " + file + ": this is a directory");
      }
      try (DigestInputStream in = new DigestInputStream(storage.open(file), sha)) {
        return new StateDict(Safetensors.read(in, storage.length(file), file).tensors(), file);
      }
    } catch (NoSuchFileException | FileNotFoundException absent) {
      throw new ModelException(Kind.NOT_FOUND, OPTION + " " + file + ": there is no such file");
    } catch (UnsupportedFileSystemException unknown) {
      throw ConfigException.of(OPTION + " " + file, HadoopFiles.UNKNOWN);
    } catch (FileSystemException refused) {
      throw ConfigException.of(
          OPTION + " " + file,
          "the file cannot be read (%s); name one that can be".formatted(reason(refused)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}

package io.hindsight.driver.spark.ml;

import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.predict.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;

/**
 * A model as a stage of a pipeline is kept: its parameters as Spark writes those of its own stages,
 * and beside them Hindsight's model directory, in {@code model/}.
 */
final class StageFiles {
  private static final String MODEL = "model";

  private StageFiles() {}

  /** With the file system that Spark takes where a path names none. */
  private static String model(String stage) throws IOException {
    Path path = new Path(stage, MODEL);
    return path.getFileSystem(HadoopSettings.configuration()).makeQualified(path).toString();
  }

  /** Writes a stage. */
  static final class Writer extends DefaultParamsWriter {
    private final StoredModel stored;

    Writer(SequenceModel stage) {
      super(stage);
      stored = stage.bundle().stored();
    }

    @Override
    public void saveImpl(String path) {
      super.saveImpl(path);
      try {
        new ModelStore().save(model(path), stored.description(), stored.parameters());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the model to " + path, e);
      }
    }
  }

  /** Reads a stage. */
  static final class Reader extends DefaultParamsReader<SequenceModel> {
    @Override
    public SequenceModel load(String path) {
      SequenceModel stage = super.load(path);
      try {
        stage.setBundle(
            ModelBundle.load(model(path), Optional.empty(), Optional.empty(), List.of()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the model of " + path, e);
      }
      return stage;
    }
  }
}

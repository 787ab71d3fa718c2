package io.hindsight.driver.monitoring.mlflow;

import io.hindsight.driver.directory.RunDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files of a run that a server keeps beside its figures: what it was, what it came to. */
final class RunFiles {
  private static final long LARGEST = 64 << 20; // bytes; larger models stay where they are

  private final RunDirectory directory;

  RunFiles(RunDirectory directory) {
    this.directory = directory;
  }

  void sendTo(TrackingServer server, RunRecord run) throws IOException {
    List<String> files =
        new ArrayList<>(
            List.of(
                directory.config(),
                directory.evaluation(),
                directory.report(),
                directory.reportJson()));
    if (directory.hasModel()) {
      for (String name : directory.storage().list(directory.model())) {
        files.add(directory.model() + "/" + name);
      }
    }
    for (String file : files) {
      if (directory.storage().exists(file) && directory.storage().length(file) <= LARGEST) {
        String name = file.substring(directory.location().length() + 1);
        server.file(run, name, directory.storage().read(file));
      }
    }
  }
}

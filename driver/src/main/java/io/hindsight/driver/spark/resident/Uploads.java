package io.hindsight.driver.spark.resident;

import java.util.HashMap;
import java.util.Map;

/** The results that workers are sending ahead of their polls; of one thread. */
final class Uploads {
  private final Coordinator coordinator;
  private final Map<String, Upload> uploads = new HashMap<>(); // by worker

  /** Nothing yet; pieces are kept of workers that the coordinator knows. */
  Uploads(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** A new one for a new poll: the answer to the one before may have been lost. */
  Upload of(WorkerMessage message) {
    Upload upload = uploads.get(message.worker());
    if (upload == null || upload.pollNumber() < message.pollNumber()) {
      forgetLostWorkers();
      upload = new Upload(message.pollNumber());
      uploads.put(message.worker(), upload);
    }
    if (upload.pollNumber() > message.pollNumber()) {
      throw coordinator.refuse(
          "piece %d of poll %d, but poll %d has come"
              .formatted(message.piece(), message.pollNumber(), upload.pollNumber()));
    }
    return upload;
  }

  /** What came ahead of a message. A last message may be late; then what has come is not for it. */
  Upload take(WorkerMessage message) {
    Upload upload = uploads.get(message.worker());
    if (upload == null || upload.pollNumber() > message.pollNumber()) {
      return new Upload(message.pollNumber());
    }
    uploads.remove(message.worker());
    return upload.pollNumber() == message.pollNumber() ? upload : new Upload(message.pollNumber());
  }

  /** Executors that were killed in the middle of sending leave their pieces here. */
  private void forgetLostWorkers() {
    uploads.keySet().retainAll(coordinator.names());
  }
}

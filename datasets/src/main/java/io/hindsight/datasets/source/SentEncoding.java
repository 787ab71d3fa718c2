package io.hindsight.datasets.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.LabelIndex;
import java.io.Serializable;
import java.util.Optional;

/** The encoding of a table on its way to a task, as JSON. */
final class SentEncoding implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String json;
  private transient Encoding.Table encoding; // null on arrival
  private transient Optional<LabelIndex> labels;

  SentEncoding(Encoding.Table encoding) {
    this.encoding = encoding;
    json = encoding.toJson().toString();
  }

  /** The encoding. */
  Encoding.Table get() {
    if (encoding == null) {
      try {
        encoding = (Encoding.Table) Encoding.fromJson(JSON.readTree(json));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an encoding cannot be read as it was written", e);
      }
    }
    return encoding;
  }

  /** Its labels to look up, made once for all sequences. */
  Optional<LabelIndex> labels() {
    if (labels == null) {
      labels = get().labels().map(LabelIndex::new);
    }
    return labels;
  }
}

package io.hindsight.datasets.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.encoding.Encoding;
import java.io.Serializable;

/** The encoding of a table on its way to a task, as JSON. */
public final class SentEncoding implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String json;
  private transient Encoding.Table encoding; // null on arrival
  private transient Lookups lookups;

  public SentEncoding(Encoding.Table encoding) {
    this.encoding = encoding;
    json = encoding.toJson().toString();
  }

  /** The encoding. */
  public Encoding.Table get() {
    if (encoding == null) {
      try {
        encoding = (Encoding.Table) Encoding.fromJson(JSON.readTree(json));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an encoding cannot be read as it was written", e);
      }
    }
    return encoding;
  }

  /** Its labels and categories to look up, made once for all sequences. */
  public Lookups lookups() {
    if (lookups == null) {
      lookups = Lookups.of(get());
    }
    return lookups;
  }
}

package io.hindsight.driver.spark.ml;

import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.spark.codec.ModelMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * A model on its way to the tasks, as bytes: a session that Hindsight has not started may serialize
 * by what it likes. Each process reads it once.
 */
public final class SentModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] message;
  private transient AnsweringModel model; // null before a task of this process has asked

  /** To be sent. */
  public SentModel(AnsweringModel model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ModelMessage(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    message = bytes.toByteArray();
  }

  /** The model, one object for all tasks of a process. */
  public synchronized AnsweringModel get() {
    if (model == null) {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(message))) {
        model = ((ModelMessage) in.readObject()).model();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    return model;
  }
}

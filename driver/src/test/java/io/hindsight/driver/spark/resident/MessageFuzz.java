package io.hindsight.driver.spark.resident;

import io.hindsight.fuzz.Parsing;
import java.io.DataInputStream;
import java.io.IOException;

/** What a worker and the driver say to each other beside inputs and results. */
public final class MessageFuzz {
  private MessageFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, MessageFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    byte[][] parts = {input, {}};
    DataInputStream answer = DriverReply.head(parts);
    if (input.length > 0 && answer.readUnsignedByte() == DriverReply.WORK) {
      answer.readLong();
      answer.readInt();
      WorkerMessage.readRanges(answer);
    } else {
      WorkerMessage.read(parts);
    }
  }
}

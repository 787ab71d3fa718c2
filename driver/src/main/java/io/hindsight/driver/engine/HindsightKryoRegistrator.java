package io.hindsight.driver.engine;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import io.hindsight.driver.engine.wire.ShardRun;
import io.hindsight.driver.engine.wire.StepInput;
import io.hindsight.driver.engine.wire.StepReply;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Registers what Hindsight's jobs send, so that {@code spark.kryo.registrationRequired} can be on.
 *
 * <p>Our messages write their own bytes; Kryo adds their number only.
 */
public final class HindsightKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(ShardRun.class, new ExternalizableSerializer());
    kryo.register(StepInput.class, new ExternalizableSerializer());
    kryo.register(StepReply.class, new ExternalizableSerializer());
  }
}
